"""What may be an emblem: shapes and paints, and nothing that acts or reaches outside."""

import pytest

from raprong.lib.rendering.drawings import LARGEST_DRAWING, MOST_COPIES, DrawingRefused, safe_drawing

HEAD = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"'


def drawing(inside: str, head: str = HEAD) -> bytes:
    return f"<svg {head}>{inside}</svg>".encode()


def test_shapes_and_paints_stay() -> None:
    taken = safe_drawing(drawing('<g fill="#000"><path d="M0 0L5 5"/><circle cx="1" cy="1" r="1"/></g>'))

    assert '<path d="M0 0L5 5"' in taken
    assert 'fill="#000"' in taken


def test_what_an_editor_leaves_behind_goes_without_a_word() -> None:
    head = f'{HEAD} xmlns:ink="http://example.org/ink" ink:version="1"'

    taken = safe_drawing(drawing('<!-- note --><title>ตรา</title><ink:grid/><path d="M0 0" ink:label="a"/>', head))

    assert "ink" not in taken
    assert "title" not in taken
    assert "note" not in taken


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<path d="M0 0" onload="alert(1)"/>',
        '<image href="https://example.org/a.png"/>',
        '<use href="other.svg#a"/>',
        '<path d="M0 0" style="fill:url(https://example.org/a)"/>',
        "<style>@import url(a.css);</style>",
        "<foreignObject><p>a</p></foreignObject>",
        "<text>ตรา</text>",
        '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        '<path d="M0 0"><animate attributeName="d"/></path>',
    ],
)
def test_what_acts_or_reaches_outside_is_refused_in_words(inside: str) -> None:
    with pytest.raises(DrawingRefused) as refused:
        safe_drawing(drawing(inside))

    assert all(fault.english and fault.thai for fault in refused.value.faults)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7",
        b"<html/>",
        b"<svg",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + drawing("<path/>"),
        drawing("<path/>" + " " * LARGEST_DRAWING),
        drawing('<path id="a"/>' + '<use href="#a"/>' * (MOST_COPIES + 1)),
        drawing('<path d="M0 0"/>', 'xmlns="http://www.w3.org/2000/svg"'),
    ],
)
def test_what_is_no_drawing_or_too_much_is_refused(content: bytes) -> None:
    with pytest.raises(DrawingRefused):
        safe_drawing(content)


def test_a_copy_inside_the_drawing_stays() -> None:
    assert 'href="#a"' in safe_drawing(drawing('<defs><path id="a" d="M0 0"/></defs><use href="#a"/>'))


def test_what_was_taken_is_taken_again_as_it_is() -> None:
    once = safe_drawing(drawing('<g><path d="M0 0"/></g>'))

    assert safe_drawing(once.encode()) == once
