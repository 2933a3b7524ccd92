from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from raprong.core.read_only import reads_on_get
from raprong.lib.signing import FileCheck, KeysRefused, installation_roots, verify
from raprong.records.models import Record
from raprong.web.records.views import kind_name, year_name
from raprong.web.shell.filters import in_thai

MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """What a check found, in words, and what the cabinet knows about the very same file; nothing personal."""

    holds: bool
    sentence: str
    file_name: str
    sha256: str
    seal: FileCheck
    record: Record | None

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
        allow_empty_file=True,
        help_text=gettext_lazy("The file is looked at and forgotten; nothing of it is kept."),
        error_messages={"required": gettext_lazy("Choose the file to check.")},
    )

    def clean_paper(self) -> UploadedFile:
        paper: UploadedFile = self.cleaned_data["paper"]
        if (paper.size or 0) > settings.LARGEST_UPLOAD_BYTES:
            limit = settings.LARGEST_UPLOAD_BYTES // MEGABYTE
            raise forms.ValidationError(_("The file is larger than %(limit)s MB.") % {"limit": limit})
        return paper


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@reads_on_get
def check(request: HttpRequest) -> HttpResponse:
    """Look at an uploaded paper: is its seal intact, does it lead here, and which record is it."""
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    found = _look_at(form.cleaned_data["paper"]) if form.is_valid() else None
    context = {"title": _("Check a paper"), "form": form, "found": found}
    return render(request, "verification/check.html", context, status=422 if form.errors else 200)


def _look_at(paper: UploadedFile) -> Finding:
    content = paper.read()
    digest = sha256(content).hexdigest()
    seal = verify(content, trust_roots=_roots())
    return Finding(
        holds=seal.holds,
        sentence=seal.thai if in_thai() else seal.english,
        file_name=paper.name or "",
        sha256=digest,
        seal=seal,
        record=Record.objects.filter(sha256=digest).select_related("unit__agency").first(),
    )


def _roots() -> tuple[bytes, ...]:
    """This installation's own authority; none while it has sealed nothing yet."""
    try:
        return installation_roots(settings.KEYS_DIR)
    except KeysRefused:
        return ()
