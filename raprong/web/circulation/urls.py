from django.urls import path

from raprong.web.circulation import register, views

app_name = "circulation"
urlpatterns = [
    path("", views.letters, name="list"),
    path("register/", register.register, name="register"),
    path("<str:letter>/", views.letter, name="letter"),
    path("<str:letter>/paper/", views.paper, name="paper"),
    path("<str:letter>/words/", views.revise, name="revise"),
    path("<str:letter>/sign/", views.sign, name="sign"),
    path("<str:letter>/send/", views.send, name="send"),
    path("<str:letter>/cancel/", register.cancel, name="cancel"),
    path("<str:letter>/open/", views.open_letter, name="open"),
    path("<str:letter>/acknowledge/", views.acknowledge, name="acknowledge"),
]
