from django.urls import path

from raprong.web.files import incoming, views

app_name = "files"
urlpatterns = [
    path("incoming/", incoming.begin, name="incoming"),
    path("incoming/<str:token>/", incoming.one, name="incoming-file"),
    path("<str:file>/", views.file, name="file"),
    path("<str:file>/picture/<str:size>/<int:page>/", views.picture, name="picture"),
]
