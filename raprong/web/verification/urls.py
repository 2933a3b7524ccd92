from django.urls import path

from raprong.web.verification import views

app_name = "verification"
urlpatterns = [
    path("", views.check, name="check"),
    path("authorities.pem", views.authorities, name="authorities"),
    path("<str:code>/", views.paper, name="paper"),
]
