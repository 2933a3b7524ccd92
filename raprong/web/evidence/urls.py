from django.urls import path

from raprong.web.evidence import giving_views, proof_views, views

app_name = "evidence"
urlpatterns = [
    path("of/<str:run>/", views.evidence_list, name="list"),
    path("of/<str:run>/proof/", proof_views.proof, name="proof"),
    path("kpis/<str:kpi>/", giving_views.of_kpi, name="kpi"),
    path("kpis/<str:kpi>/choose/", giving_views.choose, name="choose"),
    path("credits/<str:credit>/withdraw/", giving_views.withdraw, name="withdraw"),
    path("credits/<str:credit>/move/", giving_views.move, name="move"),
    path("<str:evidence>/", views.evidence, name="evidence"),
    path("<str:evidence>/credit/", giving_views.credit, name="credit"),
]
