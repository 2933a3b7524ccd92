from django.urls import path

from raprong.web.home import views

app_name = "home"
urlpatterns = [
    path("", views.work, name="work"),
    path("notices/read/", views.read_all, name="read-all"),
    path("notices/<str:notice>/read/", views.read, name="read"),
    path("first-run/", views.first_run, name="first-run"),
    path("first-steps/", views.first_steps, name="first-steps"),
]
