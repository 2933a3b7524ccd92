from django.urls import path

from raprong.web.scores import views

app_name = "scores"
urlpatterns = [
    path("of/<str:run>/what-if/", views.what_if, name="what-if"),
]
