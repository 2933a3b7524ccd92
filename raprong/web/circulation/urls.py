from django.urls import path

from raprong.web.circulation import checking, many, register, views, words

app_name = "circulation"
urlpatterns = [
    path("", views.letters, name="list"),
    path("register/", register.register, name="register"),
    path("register/<str:unit>/<int:year>/", register.register_as_paper, name="register-paper"),
    path("many/", many.overview, name="many"),
    path("many/draft/", many.draft, name="many-draft"),
    path("many/to/<str:work>/", many.choose, name="many-choose"),
    path("many/<str:many>/", many.one, name="many-one"),
    path("many/<str:many>/stop/", many.stop, name="many-stop"),
    path("many/<str:many>/go-on/", many.go_on, name="many-go-on"),
    path("<str:letter>/", views.letter, name="letter"),
    path("<str:letter>/paper/", views.paper, name="paper"),
    path("<str:letter>/words/", words.revise, name="revise"),
    path("<str:letter>/words/beside/", words.beside, name="beside"),
    path("<str:letter>/signer/", checking.choose_signer, name="signer"),
    path("<str:letter>/hand-in/", checking.hand_in, name="hand-in"),
    path("<str:letter>/check/", checking.check, name="check"),
    path("<str:letter>/send-back/", checking.send_back, name="send-back"),
    path("<str:letter>/sign/", views.sign, name="sign"),
    path("<str:letter>/send/", views.send, name="send"),
    path("<str:letter>/cancel/", register.cancel, name="cancel"),
    path("<str:letter>/open/", views.open_letter, name="open"),
    path("<str:letter>/unread/", views.unread, name="unread"),
    path("<str:letter>/acknowledge/", views.acknowledge, name="acknowledge"),
]
