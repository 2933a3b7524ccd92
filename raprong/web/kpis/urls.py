from django.urls import path

from raprong.web.imports import views as import_views
from raprong.web.kpis import criteria_views, library_views, round_views, views
from raprong.web.selection.views import selection

app_name = "kpis"
urlpatterns = [
    path("of/<str:run>/", views.library, name="library"),
    path("of/<str:run>/framework/", views.framework, name="framework"),
    path("of/<str:run>/framework/policy/", views.receive_policy, name="receive-policy"),
    path("of/<str:run>/framework/dimensions/", views.set_dimensions, name="set-dimensions"),
    path("of/<str:run>/framework/settle/", views.settle_framework, name="settle-framework"),
    path("of/<str:run>/framework/reopen/", views.reopen_framework, name="reopen-framework"),
    path("of/<str:run>/framework/alignment/", library_views.save_matrix, name="save-matrix"),
    path("of/<str:run>/copy/", library_views.copy, name="copy"),
    path("of/<str:run>/copy/undo/", library_views.undo_copy, name="undo-copy"),
    path("of/<str:run>/propose/", views.propose, name="propose"),
    path("of/<str:run>/curve/", criteria_views.curve, name="curve"),
    path("of/<str:run>/import/", import_views.start, name="import"),
    path("of/<str:run>/selection/", selection, name="selection"),
    path("of/<str:run>/department/", views.department, name="department"),
    path("of/<str:run>/details/", views.details, name="details"),
    path("sent/<str:list_sent>/", views.sent, name="sent"),
    path("of/<str:run>/details/deposit/", views.deposit_sheets, name="deposit-sheets"),
    path("<str:kpi>/", views.kpi, name="kpi"),
    path("<str:kpi>/years/", library_views.years, name="years"),
    path("<str:kpi>/history/", library_views.history, name="history"),
    path("<str:kpi>/retire/", library_views.retire, name="retire"),
    path("<str:kpi>/bring-back/", library_views.bring_back, name="bring-back"),
    path("<str:kpi>/cancel/", library_views.cancel, name="cancel"),
    path("<str:kpi>/take-up-again/", library_views.take_up_again, name="take-up-again"),
    path("<str:kpi>/sheet/", views.sheet, name="sheet"),
    path("<str:kpi>/revise/", views.revise, name="revise"),
    path("<str:kpi>/rounds/", round_views.rounds, name="rounds"),
    path("<str:kpi>/rounds/<int:months>/", round_views.round_criteria, name="round-criteria"),
    path("<str:kpi>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:kpi>/sources/", views.align, name="align"),
    path("<str:kpi>/details/", views.fill_details, name="fill-details"),
]
