from django.urls import path

from raprong.web.results import department_views, grid_views, round_views, views

app_name = "results"
urlpatterns = [
    path("department/", department_views.department, name="department"),
    path("of/<str:run>/", grid_views.grid, name="grid"),
    path("of/<str:run>/cells/", grid_views.cells, name="cells"),
    path("of/<str:run>/months/<str:month>/", views.month, name="month"),
    path("of/<str:run>/months/<str:month>/close/", views.close, name="close"),
    path("of/<str:run>/import/", views.take_in, name="import"),
    path("of/<str:run>/rounds/", round_views.rounds, name="rounds"),
    path("of/<str:run>/scores/", views.scores, name="scores"),
    path("<str:kpi>/", views.kpi, name="kpi"),
]
