from django.urls import path

from raprong.web.stationery import hints, letterheads, views

app_name = "stationery"
urlpatterns = [
    path("", views.stationery, name="list"),
    path("proof/", hints.proof, name="proof"),
    path("<str:holder>/letterhead/", letterheads.letterhead, name="letterhead"),
    path("<str:holder>/letterhead/beside/", letterheads.letterhead_beside, name="letterhead-beside"),
    path("<str:holder>/<str:kind>/", views.wording, name="wording"),
    path("<str:holder>/<str:kind>/beside/", views.beside, name="beside"),
    path("<str:holder>/<str:kind>/<int:number>/", views.version, name="version"),
]
