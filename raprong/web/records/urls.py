from django.urls import path

from raprong.web.records import views

app_name = "records"
urlpatterns = [
    path("", views.records, name="list"),
    path("indexes/", views.indexes, name="indexes"),
    path("indexes/<str:unit>/<int:year>/", views.index, name="index"),
    path("indexes/<str:unit>/<int:year>/put/", views.put_index, name="put-index"),
    path("<str:record>/", views.record, name="record"),
]
