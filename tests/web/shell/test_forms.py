from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.utils import translation

from raprong.web.shell.forms import DayField, FigureField


class OneDay(forms.Form):
    on = DayField(label="on")


class OneFigure(forms.Form):
    result = FigureField(label="result", max_digits=9, decimal_places=2)


@pytest.mark.parametrize("written", ["๓๑ ม.ค. ๒๕๗๐", "31/1/2570", "31 January 2027", "2027-01-31"])
def test_a_day_is_read_in_every_usual_writing(written: str) -> None:
    form = OneDay({"on": written})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == date(2027, 1, 31)


def test_a_day_that_does_not_exist_is_refused_in_words() -> None:
    with translation.override("th"):
        form = OneDay({"on": "31/13/2570"})

        assert form.errors["on"] == ["“31/13/2570” ไม่มีอยู่ในปฏิทิน ให้แก้วันหรือเดือน"]


@pytest.mark.parametrize(("written", "read"), [("๙๔.๕๐", "94.50"), ("1,234.5", "1234.5"), (" 7 ", "7")])
def test_a_figure_is_read_with_thai_digits_and_commas(written: str, read: str) -> None:
    form = OneFigure({"result": written})

    assert form.is_valid(), form.errors
    assert form.cleaned_data["result"] == Decimal(read)


def test_words_in_a_figure_are_refused_in_words() -> None:
    with translation.override("en"):
        assert OneFigure({"result": "ninety"}).errors["result"] == ["Enter a number, such as 94.50."]
