"""What a KPI's result is reckoned from: inputs with their names, and the formula over them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from raprong.core.faults import FaultList
from raprong.lib.formula import NAME, FormulaFault, formula_faults

MOST_INPUTS = 10
MOST_LETTERS = {"title": 200, "measure": 80}


@dataclass(frozen=True)
class FormulaInput:
    """A figure that is collected by itself, such as the numerator of a ratio."""

    name: str  # as it stands in the formula: a, b
    title: str
    measure: str = ""


def inputs_of(stored: Sequence[Mapping[str, Any]]) -> tuple[FormulaInput, ...]:
    """Read what :func:`inputs_as_data` wrote."""
    return tuple(FormulaInput(row["name"], row["title"], row.get("measure", "")) for row in stored)


def inputs_as_data(inputs: Sequence[FormulaInput]) -> list[dict[str, str]]:
    return [asdict(one) for one in inputs]


def check_formula(found: FaultList, inputs: Sequence[FormulaInput], expression: str) -> None:
    """Find every fault of the inputs and of the formula; fields are `input_0_name` and so on, and `expression`."""
    _check_inputs(found, inputs)
    if not expression.strip():
        if inputs:
            found.add("expression", _("Write how the result is reckoned from the inputs, such as a / b * 100."))
        return
    for fault in formula_faults(expression, [one.name for one in inputs]):
        found.add("expression", said(fault))


def said(fault: FormulaFault) -> str:
    """A fault of a formula in the language of the page."""
    return fault.sentence_th if (get_language() or "th").startswith("th") else fault.sentence


def _check_inputs(found: FaultList, inputs: Sequence[FormulaInput]) -> None:
    if len(inputs) > MOST_INPUTS:
        found.add("", _("Collect at most %(most)s inputs for one KPI.") % {"most": MOST_INPUTS})
    names: set[str] = set()
    for number, one in enumerate(inputs):
        if not NAME.match(one.name) or one.name == "x":
            found.add(f"input_{number}_name", _("Name it with a small Latin letter or word other than x, such as a."))
        elif one.name in names:
            found.add(
                f"input_{number}_name", _("“%(name)s” is used twice. Give one another name.") % {"name": one.name}
            )
        names.add(one.name)
        _check_texts(found, number, one)


def _check_texts(found: FaultList, number: int, one: FormulaInput) -> None:
    if not one.title.strip():
        found.add(f"input_{number}_title", _("Say what is counted, such as people who passed."))
    for name, most in MOST_LETTERS.items():
        if len(getattr(one, name)) > most:
            found.add(f"input_{number}_{name}", _("This is too long. Use at most %(most)s letters.") % {"most": most})
