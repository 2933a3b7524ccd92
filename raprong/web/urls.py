"""The addresses of the web door, area by area. Each area's own are in its urls.py."""

from django.urls import include, path

from raprong.web.agreements.scans import by_code
from raprong.web.shell.views import set_language

urlpatterns = [
    path("", include("raprong.web.home.urls")),
    path("account/", include("raprong.web.accounts.urls")),
    path("language/", set_language, name="set-language"),
    path("", include("raprong.web.shell.urls")),
    path("notices/", include("raprong.web.notices.urls")),
    path("calendar/", include("raprong.web.calendar.urls")),
    path("gallery/", include("raprong.web.gallery.urls")),
    path("demonstration/", include("raprong.web.demonstration.urls")),
    path("organisation/", include("raprong.web.organisation.urls")),
    path("", include("raprong.web.processes.urls")),
    path("kpis/", include("raprong.web.kpis.urls")),
    path("imports/", include("raprong.web.imports.urls")),
    path("quality/", include("raprong.web.quality.urls")),
    path("selection/", include("raprong.web.selection.urls")),
    path("p/<str:code>/<int:page>/", by_code, name="printed-page"),  # short: it stands in squares on paper
    path("agreements/", include("raprong.web.agreements.urls")),
    path("cascade/", include("raprong.web.cascade.urls")),
    path("results/", include("raprong.web.results.urls")),
    path("scores/", include("raprong.web.scores.urls")),
    path("schemes/", include("raprong.web.schemes.urls")),
    path("evidence/", include("raprong.web.evidence.urls")),
    path("assessments/", include("raprong.web.assessments.urls")),
    path("evaluations/", include("raprong.web.evaluations.urls")),
    path("objections/", include("raprong.web.objections.urls")),
    path("letters/", include("raprong.web.circulation.urls")),
    path("papers/", include("raprong.web.papers.urls")),
    path("records/batches/", include("raprong.web.batches.urls")),
    path("records/", include("raprong.web.records.urls")),
    path("stationery/", include("raprong.web.stationery.urls")),
    path("audit/", include("raprong.web.audit.urls")),
    path("files/", include("raprong.web.files.urls")),
    path("seals/", include("raprong.web.seals.urls")),
    path("verify/", include("raprong.web.verification.urls")),
]
