from django.urls import path

from raprong.web.schemes import views

app_name = "schemes"
urlpatterns = [
    path("of/<str:run>/", views.scheme, name="scheme"),
    path("of/<str:run>/change/", views.change, name="change"),
]
