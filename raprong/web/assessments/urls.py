from django.urls import path

from raprong.web.assessments import views

app_name = "assessments"
urlpatterns = [
    path("of/<str:run>/", views.report_list, name="list"),
    path("of/<str:run>/rounds/<int:months>/open/", views.open_report, name="open"),
    path("items/<str:item>/", views.item, name="item"),
    path("evidence/<str:credit>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:assessment>/", views.report, name="report"),
    path("<str:assessment>/round-report/", views.round_report, name="round-report"),
    path("<str:assessment>/refresh/", views.refresh, name="refresh"),
    path("<str:assessment>/submit/", views.submit, name="submit"),
]
