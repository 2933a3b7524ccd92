"""A form's files, sent with it or ahead of it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from raprong.cli.sample.organisation import SampleAgency
from raprong.core import clock
from raprong.files import incoming
from raprong.organisation.models import Person
from raprong.web.files.fields import UploadedOrIncoming
from raprong.web.shell.current import answering

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF\n"
AT = datetime(2026, 11, 2, 3, 0, tzinfo=UTC)


class EvidenceForm(forms.Form):
    evidence = UploadedOrIncoming(label="evidence", required=False)
    proof = UploadedOrIncoming(label="proof", required=False)


def sent_ahead(by: Person, name: str, *, whole: bool = True) -> str:
    token = incoming.begin(name, len(PDF), by=by, at=clock.now()).public_id
    incoming.append(token, [PDF if whole else PDF[:9]], start=0, by=by, at=clock.now())
    return token


def filled(by: Person, tokens: list[str], *uploads: SimpleUploadedFile) -> EvidenceForm:
    data = QueryDict(mutable=True)
    data.setlist("evidence-arrived", tokens)
    form = EvidenceForm(data, MultiValueDict({"evidence": list(uploads)}))
    request: Any = RequestFactory().post("/")
    request.person = by
    with answering(request):
        form.full_clean()
    return form


def test_files_sent_ahead_and_with_the_form_are_one_list(cast: SampleAgency) -> None:
    staff = cast.people["staff"]

    form = filled(staff, [sent_ahead(staff, "ก่อน.pdf")], SimpleUploadedFile("พร้อม.pdf", PDF))

    assert [file.name for file in form.cleaned_data["evidence"]] == ["ก่อน.pdf", "พร้อม.pdf"]
    assert form.cleaned_data["proof"] == []


def test_a_form_that_comes_back_still_names_what_was_sent_ahead(cast: SampleAgency) -> None:
    staff = cast.people["staff"]
    token = sent_ahead(staff, "ก่อน.pdf")

    form = filled(staff, [token])

    held: Any = form.fields["evidence"]
    assert [(file.token, file.name) for file in held.held] == [(token, "ก่อน.pdf")]


@pytest.mark.parametrize("whole", [True, False])
def test_another_persons_file_and_half_a_file_are_refused_at_the_field(cast: SampleAgency, whole: bool) -> None:
    staff, head = cast.people["staff"], cast.people["head1"]
    token = sent_ahead(staff, "ก่อน.pdf", whole=whole)

    form = filled(head if whole else staff, [token])

    assert list(form.errors) == ["evidence"]


def test_too_many_are_refused_at_the_field(cast: SampleAgency, settings: Any) -> None:
    settings.MOST_FILES_AT_ONCE = 1
    staff = cast.people["staff"]

    form = filled(staff, [sent_ahead(staff, "ก่อน.pdf")], SimpleUploadedFile("พร้อม.pdf", PDF))

    assert "๑" in form.errors["evidence"][0]


def test_a_form_without_files_is_fine(cast: SampleAgency) -> None:
    assert filled(cast.people["staff"], []).cleaned_data == {"evidence": [], "proof": []}
