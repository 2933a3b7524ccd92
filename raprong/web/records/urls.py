from django.urls import path

from raprong.web.records import views

app_name = "records"
urlpatterns = [
    path("", views.records, name="list"),
    path("<str:record>/", views.record, name="record"),
]
