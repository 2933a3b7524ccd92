from django.urls import path

from raprong.web.quality import views

app_name = "quality"
urlpatterns = [
    path("of/<str:run>/", views.run, name="run"),
    path("of/<str:run>/hints/", views.hints, name="hints"),
    path("of/<str:run>/owners/", views.owners, name="owners"),
    path("of/<str:run>/owners.csv", views.owners_csv, name="owners-csv"),
    path("<str:kpi>/<str:rule>/reason/", views.give_reason, name="give-reason"),
    path("<str:kpi>/<str:rule>/take-back/", views.take_back, name="take-back"),
]
