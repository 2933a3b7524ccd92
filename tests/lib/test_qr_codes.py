"""QR codes: a camera reads back what was drawn, on a screen and on paper."""

from base64 import b64decode

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from raprong.lib.qr_codes import as_address, drawn, drawn_for_screen

ADDRESS = "https://raprong.example.go.th/verify/abcdefghijkmnpqr/12"
SQUARE = 5


def seen(svg: str, margin: int) -> str:
    """What is read in the picture of a drawing, each of whose squares says where it stands."""
    places = [part.split("h1v1")[0].split() for part in svg.split("M")[1:]]
    squares = [(int(x) + margin, int(y) + margin) for x, y in places]
    side = (max(x for x, _y in squares) + 1 + margin) * SQUARE
    picture = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(picture)
    for x, y in squares:
        pen.rectangle((x * SQUARE, y * SQUARE, (x + 1) * SQUARE - 1, (y + 1) * SQUARE - 1), fill=0)
    [found] = zxingcpp.read_barcodes(picture)
    return found.text


@pytest.mark.parametrize("text", [ADDRESS, "otpauth://totp/รับรอง:planner?secret=ABC"])
def test_a_code_is_read_back(text: str) -> None:
    assert seen(drawn(text), margin=4) == text


def test_a_code_for_the_screen_brings_its_own_margin() -> None:
    svg = drawn_for_screen(ADDRESS)

    assert 'viewBox="-2 -2 ' in svg
    assert seen(svg, margin=2) == ADDRESS


def test_a_drawing_is_an_address_that_holds_it_whole() -> None:
    svg = drawn(ADDRESS)

    kind, content = as_address(svg).split(",")

    assert kind == "data:image/svg+xml;base64"
    assert b64decode(content).decode() == svg
