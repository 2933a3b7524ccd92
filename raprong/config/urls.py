"""Every address of the house: one line for each area of the web door."""

from django.urls import include, path

urlpatterns = [
    path("", include("raprong.web.urls")),
]
