from django.urls import path

from raprong.web.files import incoming, links, views

app_name = "files"
urlpatterns = [
    path("incoming/", incoming.begin, name="incoming"),
    path("incoming/<str:token>/", incoming.one, name="incoming-file"),
    path("links/<str:link>/", links.link, name="link"),
    path("links/<str:link>/look/", links.look, name="look"),
    path("<str:file>/", views.file, name="file"),
    path("<str:file>/picture/<str:size>/<int:page>/", views.picture, name="picture"),
]
