from django.urls import path

from raprong.web.processes import sop_views, views

app_name = "processes"
urlpatterns = [
    path("runs/", views.runs, name="runs"),
    path("runs/start/", views.start, name="start"),
    path("runs/<str:run>/", views.run, name="run"),
    path("runs/<str:run>/sop/", sop_views.document_of_run, name="run-sop"),
    path("runs/<str:run>/steps/<str:step>/", views.step, name="step"),
    path("runs/<str:run>/steps/<str:step>/finish/", views.finish, name="finish"),
    path("runs/<str:run>/steps/<str:step>/controls/<str:control>/", views.answer, name="answer"),
    path("runs/<str:run>/steps/<str:step>/pieces/<str:piece>/submit/", views.submit, name="submit"),
    path("runs/<str:run>/steps/<str:step>/pieces/<str:piece>/accept/", views.accept, name="accept"),
    path("runs/<str:run>/steps/<str:step>/pieces/<str:piece>/return/", views.return_piece, name="return"),
    path("sops/", sop_views.sops, name="sops"),
    path("sops/<str:code>/", sop_views.sop, name="sop"),
    path("sops/<str:code>/document/", sop_views.document, name="sop-document"),
]
