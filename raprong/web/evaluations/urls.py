from django.urls import path

from raprong.web.evaluations import conflict_views, desk_views, inquiry_views, look_views, sample_views, views

app_name = "evaluations"
urlpatterns = [
    path("", views.evaluation_list, name="list"),
    path("of/<str:assessment>/open/", views.open_evaluation, name="open"),
    path("scores/<str:score>/", views.score, name="score"),
    path("scores/<str:score>/look/", look_views.look, name="look"),
    path("scores/<str:score>/ask/", inquiry_views.ask, name="ask"),
    path("desk/", desk_views.desk, name="desk"),
    path("samples/", sample_views.sample_list, name="samples"),
    path("samples/<str:seed>/list.txt", sample_views.sample_file, name="sample-file"),
    path("inquiries/", inquiry_views.inquiry_list, name="inquiries"),
    path("inquiries/<str:inquiry>/", inquiry_views.inquiry, name="inquiry"),
    path("conflicts/", conflict_views.conflict_list, name="conflicts"),
    path("conflicts/of/<str:run>/declare/", conflict_views.declare, name="declare"),
    path("conflicts/<str:conflict>/lift/", conflict_views.lift, name="lift"),
    path("scores/<str:score>/adjust/", views.adjust_score, name="adjust-score"),
    path("adjustments/<str:adjustment>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:evaluation>/", views.evaluation, name="evaluation"),
    path("<str:evaluation>/adjust/", views.adjust_total, name="adjust-total"),
    path("<str:evaluation>/part/", views.give_part, name="give-part"),
    path("<str:evaluation>/finish/", views.finish, name="finish"),
    path("<str:evaluation>/send-back/", views.send_back, name="send-back"),
    path("<str:evaluation>/confirm/", views.confirm, name="confirm"),
    path("<str:evaluation>/result-letter/", views.result_letter, name="result-letter"),
    path("<str:evaluation>/circular/", views.circular, name="circular"),
]
