"""How a field of a Django form becomes an input: its kind, its attributes, the id that a fault links to."""

from __future__ import annotations

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from raprong.web.shell.forms import DayInput, FigureInput


def field_kind(bound: BoundField) -> str:
    """radios, checkboxes, checkbox, drop, file, figure, day or text; `drop` is what a widget calls itself."""
    widget = bound.field.widget
    if kind := getattr(widget, "kind", ""):
        return str(kind)
    kinds: list[tuple[type[forms.Widget], str]] = [
        (forms.CheckboxSelectMultiple, "checkboxes"),
        (forms.RadioSelect, "radios"),
        (forms.CheckboxInput, "checkbox"),
        (forms.FileInput, "file"),
        (FigureInput, "figure"),
        (forms.NumberInput, "figure"),
        (DayInput, "day"),
        (forms.DateInput, "day"),
    ]
    return next((kind for widget_class, kind in kinds if isinstance(widget, widget_class)), "text")


def anchor(bound: BoundField) -> str:
    """The id of the input that a fault belongs to; of the first choice where there are several."""
    if field_kind(bound) in ("radios", "checkboxes"):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def widget(bound: BoundField, described_by: str = "") -> SafeString:
    """The input itself, tied to its hint and its fault."""
    attrs: dict[str, str | bool] = {}
    if described_by.strip():
        attrs["aria-describedby"] = described_by.strip()
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return bound.as_widget(attrs=attrs)


FILTERS = {"field_kind": field_kind, "anchor": anchor, "widget": widget}
