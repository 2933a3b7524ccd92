"""Style sheets and scripts come packed to a browser that can unpack them: a tenth of the way on a phone."""

from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.test import Client

SHEET = "raprong/app.css"


@pytest.mark.parametrize("packing", ["br", "gzip"])
def test_the_style_sheet_comes_packed(client: Client, packing: str) -> None:
    whole = finders.find(SHEET)
    assert whole

    with closing(client.get(static(SHEET), headers={"Accept-Encoding": packing})) as answer:
        assert answer["Content-Encoding"] == packing
        assert 5 * int(answer["Content-Length"]) < Path(whole).stat().st_size


def test_a_browser_that_unpacks_nothing_gets_it_whole(client: Client) -> None:
    with closing(client.get(static(SHEET), headers={"Accept-Encoding": "identity"})) as answer:
        assert "Content-Encoding" not in answer
