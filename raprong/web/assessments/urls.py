from django.urls import path

from raprong.web.assessments import export_views, part_views, receipt_views, views

app_name = "assessments"
urlpatterns = [
    path("of/<str:run>/", views.report_list, name="list"),
    path("of/<str:run>/rounds/<int:months>/open/", views.open_report, name="open"),
    path("items/<str:item>/", views.item, name="item"),
    path("exports/<str:export>/", export_views.export, name="export"),
    path("exports/<str:export>/cancel/", export_views.cancel, name="export-cancel"),
    path("exports/<str:export>/download/", export_views.download, name="export-download"),
    path("receipts/<str:receipt>/", receipt_views.receipt, name="receipt"),
    path("parts/<str:part>/", part_views.part, name="part"),
    path("parts/<str:part>/hand-in/", part_views.hand_in, name="hand-in"),
    path("parts/<str:part>/take-back/", part_views.take_back, name="take-back"),
    path("parts/<str:part>/pass-on/", part_views.pass_on, name="pass-on"),
    path("parts/<str:part>/gather/", part_views.gather, name="gather"),
    path("parts/<str:part>/send-back/", part_views.send_back, name="send-back"),
    path("<str:assessment>/", views.report, name="report"),
    path("<str:assessment>/paper/", views.paper, name="paper"),
    path("<str:assessment>/round-report/", views.round_report, name="round-report"),
    path("<str:assessment>/refresh/", views.refresh, name="refresh"),
    path("<str:assessment>/export/", export_views.order, name="export-order"),
    path("<str:assessment>/workbook/", export_views.workbook_alone, name="export-workbook"),
    path("<str:assessment>/submit/", views.submit, name="submit"),
]
