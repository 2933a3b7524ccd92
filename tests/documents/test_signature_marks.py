"""A paper keeps places for certificates, and what is drawn there comes with its own fonts."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO

import pytest
from pypdf import PdfReader

from raprong.documents import render, sample
from raprong.documents.agreement.shape import Agreement
from raprong.documents.registry import signature_places
from raprong.documents.signature_mark import SignatureMark, draw
from raprong.documents.signing_form.shape import SigningForm
from raprong.lib.rendering import Place
from raprong.lib.signing import personal_signer
from tests.factories.certificates import authority, issue

MOMENT = datetime(2026, 12, 15, 3, 30, tzinfo=UTC)
MARK = SignatureMark(name="Director 1", issuer="Authority 2", signed=MOMENT, act="Signed 3", thai_digits=False)


def to_be_signed(kind: str) -> Agreement | SigningForm:
    """A sample whose receivers sign with certificates."""
    paper = sample(kind)
    assert isinstance(paper, Agreement | SigningForm)
    return replace(paper, receivers=tuple(replace(each, signed=None, digital=True) for each in paper.receivers))


@pytest.mark.parametrize("kind", ["agreement", "signing_form"])
def test_paper_keeps_a_place_for_each_certificate(kind: str) -> None:
    paper = to_be_signed(kind)

    places = signature_places(paper)

    assert [name for name, _place in places] == [receiver.name for receiver in paper.receivers]
    for _name, place in places:
        assert 1 <= place.page <= len(PdfReader(BytesIO(render(paper))).pages)
        assert 0 < place.left < place.left + place.width < 595
        assert 0 < place.top < place.top + place.height < 842


def test_paper_signed_by_pen_keeps_no_such_place() -> None:
    assert signature_places(sample("agreement")) == []


def test_mark_says_who_signed_when_and_who_vouches() -> None:
    drawn = draw(MARK, Place(1, 100, 100, 200, 50))

    [page] = PdfReader(BytesIO(drawn.pdf)).pages

    assert [round(side) for side in page.mediabox[2:]] == [200, 50]
    for word in ("Signed 3", "Director 1", "10.30", "Authority 2"):
        assert word in page.extract_text()


def test_long_names_are_set_smaller_and_stay_in_their_place() -> None:
    long = replace(MARK, name="Somebody with a very long name " * 5)

    [page] = PdfReader(BytesIO(draw(long, Place(1, 0, 0, 140, 45)).pdf)).pages

    assert [round(side) for side in page.mediabox[2:]] == [140, 45]
    assert "Authority 2" in page.extract_text()


def test_signed_paper_shows_the_mark_where_its_place_is() -> None:
    paper = to_be_signed("agreement")
    [(_name, place)] = signature_places(paper)
    signer = personal_signer(issue(authority(), "Director 1").pkcs12("secret"), "secret", at=MOMENT)
    printed = render(paper)

    signed = signer.sign(printed, at=MOMENT, shown_sha256=sha256(printed).hexdigest(), mark=draw(MARK, place))

    [seen] = PdfReader(BytesIO(signed)).pages[place.page - 1]["/Annots"]  # type: ignore[attr-defined]
    rectangle = [round(float(side)) for side in seen.get_object()["/Rect"]]
    assert rectangle[0] == round(place.left)
    assert rectangle[3] == round(float(PdfReader(BytesIO(printed)).pages[0].mediabox.height) - place.top)
    assert seen.get_object()["/AP"]["/N"].get_object()["/Resources"]["/Font"]
