from django.urls import path

from raprong.web.files import views

app_name = "files"
urlpatterns = [
    path("<str:file>/", views.file, name="file"),
    path("<str:file>/picture/<str:size>/<int:page>/", views.picture, name="picture"),
]
