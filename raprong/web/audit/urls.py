from django.urls import path

from raprong.web.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.trail, name="trail"),
]
