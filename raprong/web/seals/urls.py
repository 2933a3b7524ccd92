from django.urls import path

from raprong.web.seals import views

app_name = "seals"
urlpatterns = [
    path("", views.seals, name="list"),
    path("install/", views.install, name="install"),
    path("authorities/add/", views.trust, name="trust"),
    path("authorities/<str:authority>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:certificate>/retire/", views.retire, name="retire"),
]
