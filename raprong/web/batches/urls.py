from django.urls import path

from raprong.web.batches import views

app_name = "batches"
urlpatterns = [
    path("", views.batch_list, name="list"),
    path("new/", views.choose, name="choose"),
    path("<str:batch>/", views.batch, name="batch"),
    path("<str:batch>/zip/", views.download, name="download"),
    path("<str:batch>/cancel/", views.cancel, name="cancel"),
    path("<str:batch>/start-again/", views.start_again, name="start-again"),
]
