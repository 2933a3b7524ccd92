from django.urls import path

from raprong.web.objections import deciding, views

app_name = "objections"
urlpatterns = [
    path("", views.result_list, name="list"),
    path("precedents/", deciding.precedents, name="precedents"),
    path("of/<str:evaluation>/", views.of_evaluation, name="of"),
    path("outcome/<str:evaluation>/", views.outcome, name="outcome"),
    path("gaps/<str:unit>/", views.gaps, name="gaps"),
    path("results/<str:result>/", views.result, name="result"),
    path("results/<str:result>/open/", views.open_result, name="open"),
    path("results/<str:result>/accept/", views.accept, name="accept"),
    path("results/<str:result>/close/", views.close, name="close"),
    path("results/<str:result>/object/", views.object_to, name="object"),
    path("results/<str:result>/panel/", deciding.panel, name="panel"),
    path("results/<str:result>/aside/", deciding.aside, name="aside"),
    path("<str:objection>/", deciding.objection, name="objection"),
    path("<str:objection>/draft/", deciding.draft, name="draft"),
    path("<str:objection>/withdraw/", deciding.withdraw, name="withdraw"),
]
