"""Every address of the house: one line for each area of the web door."""

from django.urls import include, path

urlpatterns = [
    path("", include("raprong.web.urls")),
]

handler400 = "raprong.web.shell.errors.bad_request"
handler403 = "raprong.web.shell.errors.permission_denied"
handler404 = "raprong.web.shell.errors.not_found"
handler500 = "raprong.web.shell.errors.server_error"
