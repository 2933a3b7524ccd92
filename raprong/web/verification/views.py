from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from raprong.core.read_only import reads_on_get
from raprong.files.store import open_content
from raprong.lib.signing import FileCheck, verify
from raprong.records.models import Record
from raprong.seals.codes import code_in, spoken
from raprong.seals.models import SealedPaper
from raprong.seals.queries import paper_of_file, paper_under
from raprong.seals.signers import trust_roots
from raprong.web.records.views import kind_name, year_name
from raprong.web.shell.filters import digits
from raprong.web.verification.limits import asks_too_often
from raprong.web.verification.presenters import (
    SignatureLine,
    facts_of,
    people_of,
    sentence_of,
    signature_lines,
    standings,
)

MEGABYTE = 1024 * 1024
PEM = "application/x-pem-file"


@dataclass(frozen=True)
class Finding:
    """What a check found, in words, and what the cabinet knows about the very same file; nothing personal."""

    holds: bool
    sentence: str
    file_name: str
    sha256: str
    signatures: list[SignatureLine]
    record: Record | None
    code: str  # of the paper of which it is the deposited file, or a copy with its timestamp

    @property
    def kind(self) -> str:
        return kind_name(self.record.kind) if self.record else ""

    @property
    def year(self) -> str:
        return year_name(self.record.fiscal_year) if self.record else ""


class PaperForm(forms.Form):
    """A paper as somebody received it."""

    paper = forms.FileField(
        label=gettext_lazy("Paper (PDF)"),
        help_text=gettext_lazy("The file is looked at and forgotten; nothing of it is kept."),
        error_messages={
            "required": gettext_lazy("Choose the file to check."),
            "empty": gettext_lazy("The file is empty. Send for it again, or choose another."),
        },
    )

    def clean_paper(self) -> UploadedFile:
        paper: UploadedFile = self.cleaned_data["paper"]
        if (paper.size or 0) > settings.LARGEST_UPLOAD_BYTES:
            limit = settings.LARGEST_UPLOAD_BYTES // MEGABYTE
            raise forms.ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": digits(limit)})
        return paper


class CodeForm(forms.Form):
    """The code at the foot of a paper, as somebody types it."""

    code = forms.CharField(
        label=gettext_lazy("Code at the foot of the paper"),
        max_length=40,
        help_text=gettext_lazy(
            "Twelve letters and figures, such as 7K2M-9QXT-0B4C. Large or small letters are the same."
        ),
        error_messages={"required": gettext_lazy("Type the code.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def check(request: HttpRequest) -> HttpResponse:
    """Look at an uploaded paper: are its signatures intact, do they lead here, and which record is it."""
    if request.method == "POST" and asks_too_often(request):
        return too_often(request)
    if typed := request.GET.get("code", "").strip():
        return redirect("verification:paper", code=spoken(code_in(typed)) or typed[:40])
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    found = _look_at(form.cleaned_data["paper"]) if form.is_valid() else None
    context = {"title": _("Check a paper"), "form": form, "code_form": CodeForm(), "found": found}
    return render(request, "verification/check.html", context, status=422 if form.errors else 200)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """What the paper with this code is, who signed it and how it stands; a copy may be compared with it."""
    if asks_too_often(request):
        return too_often(request)
    known = paper_under(code_in(code))
    if known is None:
        context = {"title": _("No paper with this code"), "code": code, "code_form": CodeForm({"code": code})}
        return render(request, "verification/unknown.html", context, status=404)
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    found = _kept(known)
    context = {
        "title": _("Check of a paper"),
        "paper": known,
        "facts": facts_of(known),
        "standings": standings(known, found),
        "signatures": signature_lines(found) if found else [],
        "people": people_of(known),
        "form": form,
        "compared": _compared(known, form.cleaned_data["paper"]) if form.is_valid() else None,
    }
    return render(request, "verification/paper.html", context, status=422 if form.errors else 200)


@login_not_required
@require_safe
@reads_on_get
def authorities(request: HttpRequest) -> HttpResponse:
    """The roots believed here, for whoever checks papers without this installation: `raprong verify --root`."""
    answer = HttpResponse(b"".join(trust_roots()), content_type=PEM)
    answer.headers["Content-Disposition"] = 'attachment; filename="authorities.pem"'
    return answer


def _look_at(paper: UploadedFile) -> Finding:
    content = paper.read()
    digest = sha256(content).hexdigest()
    known = paper_of_file(digest)
    found = verify(content, trust_roots=trust_roots(known.unit.agency if known else None))
    deposited = Record.objects.filter(sha256=known.sha256 if known else digest)
    return Finding(
        holds=found.holds,
        sentence=sentence_of(found),
        file_name=paper.name or "",
        sha256=digest,
        signatures=signature_lines(found),
        record=deposited.select_related("unit__agency").first(),
        code=spoken(known.code) if known else "",
    )


def _kept(paper: SealedPaper) -> FileCheck | None:
    """A check, now, of the file in the cabinet: of the copy with its timestamp where there is one."""
    if paper.sealed_at is None:
        return None
    with open_content(paper.proof.sha256 if paper.proof else paper.sha256) as file:
        return verify(file.read(), trust_roots=trust_roots(paper.unit.agency))


def _compared(known: SealedPaper, given: UploadedFile) -> tuple[str, str]:
    """Whether a copy is, to the last byte, the paper in the cabinet: the kind of notice, and the sentence."""
    content = given.read()
    same = (known.sha256, known.proof.sha256 if known.proof else "")
    if known.sha256 and sha256(content).hexdigest() in same:
        return "success", _("Your copy is, to the last byte, the paper in our cabinet.")
    found = verify(content, trust_roots=trust_roots(known.unit.agency))
    return "error", _("Your copy is not the paper in our cabinet. %(why)s") % {"why": sentence_of(found)}


def too_often(request: HttpRequest) -> HttpResponse:
    """The answer to one question too many."""
    return render(request, "verification/too_often.html", {"title": _("Too many checks")}, status=429)
