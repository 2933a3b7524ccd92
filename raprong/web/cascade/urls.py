from django.urls import path

from raprong.web.cascade import views

app_name = "cascade"
urlpatterns = [
    path("of/<str:run>/", views.board, name="board"),
    path("of/<str:run>/mine/", views.mine, name="mine"),
    path("kpis/<str:kpi>/assign/", views.assign, name="assign"),
    path("commitments/<str:commitment>/", views.given, name="given"),
    path("commitments/<str:commitment>/release/", views.release, name="release"),
]
