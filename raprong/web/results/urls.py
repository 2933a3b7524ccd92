from django.urls import path

from raprong.web.results import (
    closing_views,
    department_views,
    figure_views,
    follow_up_views,
    grid_views,
    round_views,
    views,
)

app_name = "results"
urlpatterns = [
    path("department/", department_views.department, name="department"),
    path("of/<str:run>/", grid_views.grid, name="grid"),
    path("of/<str:run>/cells/", grid_views.cells, name="cells"),
    path("of/<str:run>/months/<str:month>/", views.month, name="month"),
    path("of/<str:run>/months/<str:month>/close/", closing_views.close, name="close"),
    path("of/<str:run>/months/<str:month>/closings/", closing_views.closings, name="closings"),
    path("of/<str:run>/months/<str:month>/reopen/", closing_views.reopen, name="reopen"),
    path("of/<str:run>/rounds/<int:months>/close/", closing_views.round_, name="close-round"),
    path("of/<str:run>/import/", views.take_in, name="import"),
    path("of/<str:run>/rounds/", round_views.rounds, name="rounds"),
    path("of/<str:run>/rounds/<str:rhythm>/<int:months>/<str:form>/", round_views.report, name="round-report"),
    path("of/<str:run>/follow-up/", follow_up_views.follow_up, name="follow-up"),
    path("of/<str:run>/scores/", views.scores, name="scores"),
    path("comments/<str:comment>/", figure_views.said, name="said"),
    path("actions/<str:action>/", figure_views.acted, name="acted"),
    path("closings/<str:close>/", closing_views.closed, name="closed"),
    path("<str:kpi>/", views.kpi, name="kpi"),
    path("<str:kpi>/<str:month>/", figure_views.figure, name="figure"),
    path("<str:kpi>/<str:month>/comment/", figure_views.comment, name="comment"),
    path("<str:kpi>/<str:month>/questions/<str:rule>/", figure_views.answer, name="answer"),
    path("<str:kpi>/<str:month>/action/", figure_views.action, name="action"),
    path("<str:kpi>/<str:month>/action/close/", figure_views.close_action, name="close-action"),
]
