from django.urls import path

from raprong.web.shell import views

app_name = "shell"
urlpatterns = [
    path("where/", views.switch, name="switch"),
]
