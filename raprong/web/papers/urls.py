from django.urls import path

from raprong.web.papers import views

app_name = "papers"
urlpatterns = [
    path("letters/<str:letter>/word/", views.letter, name="letter"),
    path("reports/<str:assessment>/word/", views.report, name="report"),
    path("reports/<str:assessment>/round/word/", views.round_in_word, name="round"),
    path("sops/<str:code>/word/", views.sop, name="sop"),
    path("runs/<str:run>/sop/word/", views.sop_of_run, name="run-sop"),
    path("agreements/<str:agreement>/workbook/", views.agreement, name="agreement"),
    path("scores/<str:evaluation>/workbook/", views.scores, name="scores"),
    path("records/<str:record>/word/", views.record_in_word, name="record-word"),
    path("records/<str:record>/workbook/", views.record_as_workbook, name="record-workbook"),
    path("cabinet/workbook/", views.cabinet, name="cabinet"),
    path("register/workbook/", views.register, name="register"),
]
