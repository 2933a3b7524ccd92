from django.urls import path

from raprong.web.notices import views

app_name = "notices"
urlpatterns = [
    path("to-me/", views.to_me, name="to-me"),
    path("sending/", views.sending, name="sending"),
    path("sending/<str:channel>/try/", views.try_out, name="try"),
    path("schedule/", views.schedule, name="schedule"),
]
