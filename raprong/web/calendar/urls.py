from django.urls import path

from raprong.web.calendar import views

app_name = "calendar"
urlpatterns = [
    path("", views.mine, name="mine"),
    path("address/", views.renew, name="renew"),
    path("withdraw/", views.withdraw, name="withdraw"),
    path("<str:secret>/due.ics", views.feed, name="feed"),
]
