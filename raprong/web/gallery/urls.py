from django.urls import path

from raprong.web.gallery import views

app_name = "gallery"
urlpatterns = [
    path("", views.gallery, name="all"),
]
