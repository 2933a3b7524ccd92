from django.urls import path

from raprong.web.imports import views

app_name = "imports"
urlpatterns = [
    path("of/<str:run>/<str:which>.<str:kind>", views.download, name="download"),
    path("<str:batch>/", views.batch, name="batch"),
    path("<str:batch>/take/", views.take, name="take"),
    path("<str:batch>/undo/", views.undo, name="undo"),
    path("<str:batch>/again/", views.look_again, name="look-again"),
    path("<str:batch>/discard/", views.discard, name="discard"),
    path("<str:batch>/marked/", views.marked_file, name="marked"),
]
