from django.urls import path

from raprong.web.scores import story_views, views

app_name = "scores"
urlpatterns = [
    path("of/<str:run>/what-if/", views.what_if, name="what-if"),
    path("of/<str:run>/explain/", story_views.explain, name="explain"),
    path("of/<str:run>/passport.pdf", story_views.passport, name="passport"),
    path("of/<str:run>/passport.json", story_views.passport_file, name="passport-file"),
    path("reports/<str:assessment>/explain/", story_views.explain_report, name="explain-report"),
    path("reports/<str:assessment>/passport.pdf", story_views.passport_of_report, name="report-passport"),
    path("reports/<str:assessment>/passport.json", story_views.passport_file_of_report, name="report-passport-file"),
    path("evaluations/<str:evaluation>/explain/", story_views.explain_evaluation, name="explain-evaluation"),
    path("evaluations/<str:evaluation>/passport.pdf", story_views.passport_of_evaluation, name="evaluation-passport"),
    path(
        "evaluations/<str:evaluation>/passport.json",
        story_views.passport_file_of_evaluation,
        name="evaluation-passport-file",
    ),
]
