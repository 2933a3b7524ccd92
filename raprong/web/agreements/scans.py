"""The scan of an agreement signed by hand: handed in, looked at beside the paper, approved by a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from raprong.access.rules import Refused, refusal
from raprong.agreements import by_hand, permissions
from raprong.agreements.models import Agreement
from raprong.agreements.policies import check_is_approved
from raprong.agreements.queries import SCAN, awaits_print, signed_scan_of
from raprong.agreements.workflow import IN_FORCE
from raprong.core import clock
from raprong.core.faults import Faults
from raprong.core.read_only import reads_on_get
from raprong.core.references import reference
from raprong.files.store import open_content, place_of
from raprong.lib.pictures import MEDIA_TYPE, PDF, NotDrawn, draw
from raprong.lib.scans import PICTURE
from raprong.seals.codes import spoken
from raprong.seals.papers import papers_about
from raprong.signatures import scans
from raprong.signatures.enums import Finding
from raprong.signatures.models import PrintedPaper, ScanPage, SignedScan
from raprong.web.agreements.asked import page_of, posted, visible
from raprong.web.agreements.forms import ScanForm, SendBackForm
from raprong.web.circulation.papers import kept_paper
from raprong.web.processes.panel import sop_panel_for
from raprong.web.shell.filters import digits
from raprong.web.shell.pages import show
from raprong.web.verification.limits import asks_too_often
from raprong.web.verification.views import too_often

PAGE_WIDTH = 900  # pixels
PILLS = {Finding.MATCHED: "done", Finding.NO_CODE: "now"}


@dataclass(frozen=True)
class Sheet:
    """One sheet of the scan as the page shows it, beside the page of the paper that it counts as."""

    page: ScanPage
    pill: str
    word: str
    picture: str
    beside: str  # the picture of the paper's page; empty where it counts as none


@require_http_methods(["GET", "POST"])
@reads_on_get
def scan(request: HttpRequest, agreement: str) -> HttpResponse:
    """Print, sign, scan: the steps, the form, and the scan that waits. Posting hands a scan in.

    While an approver is awaited there is no print to sign; the page says who that is.
    """
    found, at = visible(request, agreement), clock.now()
    printed, awaited = scans.print_of(found), refusal(check_is_approved, found) if awaits_print(found) else ""
    if printed is None and not awaited:
        raise Http404
    form = ScanForm(posted(request), request.FILES or None, initial={"signed_on": found.signing_on})
    if request.method == "POST" and form.is_valid() and _handed_in(request, found, form, at=at):
        return redirect("agreements:scan", agreement=found.public_id)
    waiting = scans.waiting_scan(printed) if printed and not awaited else None
    context = {
        "title": _("Signing by hand"),
        "agreement": found,
        "home": page_of(found),
        "printed": printed,
        "form": form,
        "scan": waiting,
        "last": printed.scans.first() if printed and not awaited else None,
        "awaited": awaited,
        "why_not_hand_in": refusal(permissions.check_may_hand_in, request.person, found, at=at),
        "panel": sop_panel_for(found.run, IN_FORCE, request.person, at),
    }
    if waiting is not None:
        context |= _of_scan(request, found, waiting, at=at)
    return show(request, "agreements/scan.html", context, status=422 if form.errors else 200)


def _handed_in(request: HttpRequest, agreement: Agreement, form: ScanForm, *, at: datetime) -> bool:
    files = [scans.HandedIn(file, file.name) for file in form.cleaned_data["sheets"]]
    try:
        taken = by_hand.hand_in(agreement, files, signed_on=form.cleaned_data["signed_on"], by=request.person, at=at)
    except Faults as refused:
        for fault in refused.faults:
            form.add_error(fault.field or None, str(fault.sentence))
        return False
    except Refused as refused:
        form.add_error("sheets", refused.sentence)
        return False
    if scans.faults_of(taken):
        messages.warning(request, _("The scan is handed in. Look at what is still wrong with it."))
    else:
        messages.success(request, _("The scan is handed in, and every page was found. Another person approves it now."))
    return True


def _of_scan(request: HttpRequest, agreement: Agreement, waiting: SignedScan, *, at: datetime) -> dict[str, Any]:
    faults = [digits(sentence) for sentence in scans.faults_of(waiting)]
    return {
        "faults": [("", "", sentence) for sentence in faults],
        "why_not_approve": " ".join(faults),
        "sheets": [_sheet(agreement, page) for page in waiting.pages.all()],
        "numbers": range(1, waiting.printed.pages + 1),
        "why_not_decide": refusal(permissions.check_may_decide_on_scan, request.person, agreement, waiting, at=at),
        "refuse_form": SendBackForm(),
    }


def _sheet(agreement: Agreement, page: ScanPage) -> Sheet:
    address = {"agreement": agreement.public_id}
    by_hand_word = _("Placed by hand") if page.placed_by_id else ""
    return Sheet(
        page=page,
        pill="done" if page.page else PILLS.get(Finding(page.finding), "late"),
        word=by_hand_word or str(Finding(page.finding).label),
        picture=reverse("agreements:scan-picture", kwargs=address | {"page": page.public_id}),
        beside=reverse("agreements:paper-picture", kwargs=address | {"number": page.page}) if page.page else "",
    )


@require_POST
def place(request: HttpRequest, agreement: str, page: str) -> HttpResponse:
    """Which page of the paper a sheet is, said by hand."""
    found = visible(request, agreement)
    sheet = _sheet_of(found, page)
    number = request.POST.get("page", "")
    by_hand.place_page(found, sheet, int(number) if number.isdigit() else None, by=request.person, at=clock.now())
    messages.success(request, _("Sheet %(order)s is placed.") % {"order": digits(sheet.order)})
    return redirect("agreements:scan", agreement=found.public_id)


@require_POST
def approve(request: HttpRequest, agreement: str) -> HttpResponse:
    """The scan matches the paper: the agreement is in force."""
    found = visible(request, agreement)
    by_hand.approve_scan(found, _waiting(found), by=request.person, at=clock.now())
    messages.success(request, _("The scan is approved and deposited with the paper. The agreement is in force."))
    return redirect(page_of(found))


@require_POST
def refuse(request: HttpRequest, agreement: str) -> HttpResponse:
    """The scan does not do, for a reason."""
    found = visible(request, agreement)
    because = request.POST.get("because", "")
    by_hand.refuse_scan(found, _waiting(found), because=because, by=request.person, at=clock.now())
    messages.success(request, _("The scan is not accepted. Whoever handed it in has been told why."))
    return redirect("agreements:scan", agreement=found.public_id)


@require_GET
@reads_on_get
def picture(request: HttpRequest, agreement: str, page: str) -> HttpResponseBase:
    """A sheet of the scan as a picture."""
    sheet = _sheet_of(visible(request, agreement), page)
    with open_content(sheet.picture.sha256) as file:
        return _private(HttpResponse(file.read(), content_type=PICTURE))


@require_GET
@reads_on_get
def paper_picture(request: HttpRequest, agreement: str, number: int) -> HttpResponseBase:
    """A page of the printed paper as a picture, to be seen beside its scan."""
    found = visible(request, agreement)
    if found.paper is None:
        raise Http404
    try:
        drawn = draw(place_of(found.paper.sha256), PDF, page=number, width=PAGE_WIDTH)
    except NotDrawn as fault:
        raise Http404 from fault
    return _private(HttpResponse(drawn, content_type=MEDIA_TYPE))


@require_GET
@reads_on_get
def signed_pages(request: HttpRequest, agreement: str) -> HttpResponseBase:
    """The pages with their signatures, as they were approved and deposited."""
    kept = signed_scan_of(visible(request, agreement))
    if kept is None:
        raise Http404
    return kept_paper(kept)


@login_not_required
@require_GET
@reads_on_get
def by_code(request: HttpRequest, code: str, page: int) -> HttpResponse:
    """Where the code on a printed page leads: who may read the agreement to its scan, everybody else to its check.

    There is a check of the print that was signed, once its scan is approved; of any other print one signs in.
    """
    if asks_too_often(request):
        return too_often(request)
    printed = get_object_or_404(PrintedPaper, public_id=code)
    found = get_object_or_404(Agreement.objects.with_run(), public_id=printed.about.rpartition(":")[2])
    if request.user.is_authenticated and _may_read(request, found):
        return redirect("agreements:scan", agreement=found.public_id)
    if scans.print_of(found) == printed and signed_scan_of(found) is not None:
        sealed = next(each for each in papers_about(found) if each.kind != SCAN)
        return redirect("verification:paper", code=spoken(sealed.code))
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path())


def _may_read(request: HttpRequest, agreement: Agreement) -> bool:
    return Agreement.objects.visible_to(request.person, on=clock.today()).filter(pk=agreement.pk).exists()


def _waiting(agreement: Agreement) -> SignedScan:
    printed = scans.print_of(agreement)
    waiting = scans.waiting_scan(printed) if printed else None
    if waiting is None:
        raise Http404
    return waiting


def _sheet_of(agreement: Agreement, page: str) -> ScanPage:
    sheets = ScanPage.objects.select_related("scan__printed", "picture")
    return get_object_or_404(sheets, public_id=page, scan__printed__about=reference(agreement))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, max-age=3600"
    return response
