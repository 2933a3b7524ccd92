from django.urls import path

from raprong.web.demonstration import views

app_name = "demonstration"
urlpatterns = [path("clock/", views.clock, name="clock")]
