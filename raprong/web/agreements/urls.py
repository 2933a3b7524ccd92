from django.urls import path

from raprong.web.agreements import addenda, scans, signing, turns, views

app_name = "agreements"
urlpatterns = [
    path("", views.agreements, name="list"),
    path("of/<str:run>/", views.agreement, name="agreement"),
    path("of/<str:run>/papers/", views.papers, name="papers"),
    path("of/<str:run>/papers/<str:kind>/", views.issue, name="issue"),
    path("of/<str:run>/addenda/draft/", addenda.draft, name="draft-addendum"),
    path("<str:agreement>/addendum/", addenda.addendum, name="addendum"),
    path("<str:agreement>/addendum/terms/", addenda.terms, name="addendum-terms"),
    path("<str:agreement>/addendum/changes/", addenda.changes, name="addendum-changes"),
    path("<str:agreement>/parties/", views.parties, name="parties"),
    path("<str:agreement>/ceremony/", views.ceremony, name="ceremony"),
    path("<str:agreement>/way/", signing.way, name="way"),
    path("<str:agreement>/open-signing/", views.open_signing, name="open-signing"),
    path("<str:agreement>/send-back/", views.send_back, name="send-back"),
    path("<str:agreement>/remind/", turns.remind, name="remind"),
    path("<str:agreement>/decline/", turns.decline, name="decline"),
    path("<str:agreement>/parties/<str:party>/another/", turns.name_another, name="name-another"),
    path("<str:agreement>/sign/", signing.sign, name="sign"),
    path("<str:agreement>/scan/", scans.scan, name="scan"),
    path("<str:agreement>/scan/approve/", scans.approve, name="approve-scan"),
    path("<str:agreement>/scan/refuse/", scans.refuse, name="refuse-scan"),
    path("<str:agreement>/scan/sheets/<str:page>/", scans.place, name="place-sheet"),
    path("<str:agreement>/scan/sheets/<str:page>/picture/", scans.picture, name="scan-picture"),
    path("<str:agreement>/paper/pages/<int:number>/", scans.paper_picture, name="paper-picture"),
    path("<str:agreement>/paper/", views.paper, name="paper"),
    path("<str:agreement>/signing-form/", views.signing_form, name="signing-form"),
]
