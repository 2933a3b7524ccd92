"""The criteria of a KPI as fields: one of seven kinds is chosen, and its fields say what each level asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.core.faults import Faults, all_at_once
from raprong.kpis.criteria_words import figure_words
from raprong.kpis.enums import CriteriaKind
from raprong.lib.scoring.conventions import levels_around
from raprong.lib.scoring.criteria import (
    Bands,
    Choice,
    Criteria,
    Deviation,
    Kind,
    Ladder,
    Milestones,
    Option,
    Range,
    Side,
    Steps,
    YesNo,
)
from raprong.lib.scoring.ladder import Rung
from raprong.lib.scoring.scheme import Scheme
from raprong.web.shell.filters import digits, in_thai
from raprong.web.shell.forms import FigureField

EXPLAINED: dict[Kind, str | Promise] = {
    Kind.LADDER: gettext_lazy("A figure for each level, and a straight line between two levels"),
    Kind.BANDS: gettext_lazy("From–to for each level, and nothing in between"),
    Kind.STEPS: gettext_lazy("How many steps or items are done"),
    Kind.YES_NO: gettext_lazy("Done or not done, each worth a level"),
    Kind.CHOICE: gettext_lazy("One of several described answers"),
    Kind.MILESTONES: gettext_lazy("How many milestones each round asks for"),
    Kind.DEVIATION: gettext_lazy("The closer to the plan, the better"),
}
LEVELS_OF = {Kind.LADDER: "level", Kind.STEPS: "steps_level", Kind.DEVIATION: "deviation_level"}
SIDES = [
    (Side.BOTH, gettext_lazy("Over and under the plan")),
    (Side.OVER, gettext_lazy("Only over the plan")),
    (Side.UNDER, gettext_lazy("Only under the plan")),
]
WAYS = [("more", gettext_lazy("More is better")), ("less", gettext_lazy("Less is better"))]
FEWEST_ANSWERS, SPARE_ANSWERS, MOST_ANSWERS = 4, 1, 20
MORE_ANSWERS = 4  # that a press on the button brings, where no script adds them one by one


@dataclass(frozen=True)
class LevelRow:
    """A level with the fields that say what it asks for."""

    label: str
    fields: Sequence[forms.BoundField]


@dataclass(frozen=True)
class RoundRow:
    """A round with a field for each level."""

    months: int
    label: str
    fields: Sequence[forms.BoundField]


def level_label(scheme: Scheme, score: Decimal) -> str:
    """A level by the name its scale gives it, else by its number."""
    named = next((level for level in scheme.levels if level.score == score), None)
    title = (named.title_th if in_thai() else named.title_en) if named else ""
    number = digits(figure_words(score))
    return f"{title} ({number})" if title else _("Level %s") % number


class CriteriaForm(forms.Form):
    """One kind of criteria and the fields of every kind. Only the chosen kind's fields count, and are judged."""

    criteria_kind = forms.ChoiceField(
        label=gettext_lazy("How the levels are read"), choices=CriteriaKind.choices, widget=forms.RadioSelect
    )
    steps_fractions = forms.BooleanField(
        label=gettext_lazy("A step may be done in part, such as 3.5 steps"), required=False
    )
    plan = FigureField(label=gettext_lazy("Plan of the year"), required=False)
    side = forms.ChoiceField(label=gettext_lazy("What counts as deviation"), choices=SIDES, required=False)
    fill_level = forms.ChoiceField(label=gettext_lazy("The target stands at"), required=False)
    fill_step = FigureField(label=gettext_lazy("Step from level to level"), required=False)
    fill_way = forms.ChoiceField(label=gettext_lazy("Which is better"), choices=WAYS, required=False)

    def __init__(
        self,
        scheme: Scheme,
        rounds: Iterable[int],
        data: Mapping[str, Any] | None = None,
        *,
        stored: Criteria | None = None,
        only: Kind | None = None,
    ) -> None:
        super().__init__(data, initial=_initial(stored, scheme), use_required_attribute=False)
        self.only = only
        self.fields["criteria_kind"].required = only is None
        self.scheme, self.scores, self.rounds, self.stored = scheme, scheme.scores, sorted(rounds), stored
        self.answers = range(1, self._count_of_answers(stored) + 1)
        self._add_level_fields()
        self._add_answer_fields()
        self._add_round_fields()

    def _count_of_answers(self, stored: Criteria | None) -> int:
        typed = [name for name in self.data if name.startswith("option_") and name.endswith("_title")]
        kept = len(stored.options) + SPARE_ANSWERS if isinstance(stored, Choice) else 0
        more = MORE_ANSWERS if self.data.get("show") == "answers" else 0
        return min(max(FEWEST_ANSWERS, len(typed) + more, kept), MOST_ANSWERS)

    @property
    def more_answers_up_to(self) -> int:
        """How many answers there may be; nought where no more can come. A round has as many as the year."""
        return MOST_ANSWERS if self.only is None and len(self.answers) < MOST_ANSWERS else 0

    def _add_level_fields(self) -> None:
        scores = [(str(score), level_label(self.scheme, score)) for score in self.scores]
        for score, label in scores:
            for name in LEVELS_OF.values():
                self.fields[f"{name}_{score}"] = FigureField(label=label, required=False)
            words = {"level": label}
            self.fields[f"band_{score}_from"] = FigureField(label=_("%(level)s from") % words, required=False)
            self.fields[f"band_{score}_to"] = FigureField(label=_("%(level)s to") % words, required=False)
        for name, label in (("yes", _("Done is worth")), ("no", _("Not done is worth"))):
            self.fields[name] = forms.ChoiceField(label=label, choices=scores, required=False)
        self.fields["fill_level"].choices = scores

    def _add_answer_fields(self) -> None:
        scores = [(str(score), level_label(self.scheme, score)) for score in self.scores]
        for number in self.answers:
            words = {"number": digits(number)}
            self.fields[f"option_{number}_title"] = forms.CharField(
                label=_("Answer %(number)s") % words, max_length=300, required=False
            )
            self.fields[f"option_{number}_score"] = forms.ChoiceField(
                label=_("Answer %(number)s is worth") % words,
                choices=scores,
                initial=scores[0][0] if number > len(scores) else scores[number - 1][0],
                required=False,
            )

    def _add_round_fields(self) -> None:
        for months in self.rounds:
            words = {"months": digits(months)}
            self.fields[f"plan_{months}"] = FigureField(label=_("Plan of %(months)s months") % words, required=False)
            for score in self.scores:
                label = _("%(months)s months, %(level)s") % {**words, "level": level_label(self.scheme, score)}
                self.fields[f"round_{months}_level_{score}"] = FigureField(label=label, required=False)

    # What the page shows

    @property
    def kind(self) -> Kind:
        """The kind that is chosen, or the first; where only one may be, that one."""
        if self.only:
            return self.only
        chosen = self["criteria_kind"].value()
        return Kind(chosen) if chosen in set(Kind) else Kind.LADDER

    @property
    def kinds(self) -> list[tuple[Kind, Any, str | Promise]]:
        """Each kind with its radio button and its explanation."""
        return [
            (Kind(radio.data["value"]), radio, EXPLAINED[Kind(radio.data["value"])]) for radio in self["criteria_kind"]
        ]

    @property
    def labels(self) -> list[str]:
        """The levels of the scale by their names."""
        return [level_label(self.scheme, score) for score in self.scores]

    def shows(self, kind: str) -> bool:
        """Whether the fields of a kind are on the page."""
        return self.only is None or self.only == kind

    def levels(self, kind: str) -> list[forms.BoundField]:
        return [self[f"{LEVELS_OF[Kind(kind)]}_{score}"] for score in self.scores]

    @property
    def bands(self) -> list[LevelRow]:
        return [
            LevelRow(level_label(self.scheme, score), [self[f"band_{score}_from"], self[f"band_{score}_to"]])
            for score in self.scores
        ]

    @property
    def options(self) -> list[LevelRow]:
        return [
            LevelRow(digits(number), [self[f"option_{number}_title"], self[f"option_{number}_score"]])
            for number in self.answers
        ]

    @property
    def milestones(self) -> list[RoundRow]:
        return [
            RoundRow(
                months,
                _("%(months)s months") % {"months": digits(months)},
                [self[f"round_{months}_level_{score}"] for score in self.scores],
            )
            for months in self.rounds
        ]

    @property
    def plans(self) -> list[forms.BoundField]:
        return [self[f"plan_{months}"] for months in self.rounds]

    # What was typed

    def clean(self) -> dict[str, Any]:
        """Forget what is wrong in the fields of kinds that were not chosen."""
        counting = self._fields_of(self.kind)
        for name in [name for name in self.errors if name not in counting]:
            del self.errors[name]
        return self.cleaned_data

    def criteria(self) -> Criteria:
        """The criteria as they were typed; what cannot be read is left out."""
        match self.kind:
            case Kind.LADDER:
                return Ladder(self._rungs("level"))
            case Kind.STEPS:
                return Steps(self._rungs("steps_level"), bool(self._typed("steps_fractions")))
            case Kind.BANDS:
                return Bands(tuple(self._range(score) for score in self._given_bands))
            case Kind.YES_NO:
                return YesNo(self._score("yes", self.scores[-1]), self._score("no", self.scores[0]))
            case Kind.CHOICE:
                return Choice(tuple(self._option(number) for number in self._given_options))
            case Kind.MILESTONES:
                rounds = ((months, self._rungs(f"round_{months}_level")) for months in self.rounds)
                return Milestones(tuple((months, rungs) for months, rungs in rounds if rungs))
            case Kind.DEVIATION:
                plans = ((months, self._typed(f"plan_{months}")) for months in self.rounds)
                return Deviation(
                    self._typed("plan") or Decimal(0),
                    self._rungs("deviation_level"),
                    Side(self._typed("side") or Side.BOTH),
                    tuple((months, plan) for months, plan in plans if plan is not None),
                )

    @property
    def standing(self) -> Criteria:
        """The criteria as the page shows them: as typed, else as stored; a ladder without levels before both."""
        return self.criteria() if self.is_bound else self.stored or Ladder(())

    def target_meant(self, typed: Decimal | None) -> Decimal | None:
        """The target; of yes or no it is yes where nothing is said."""
        return Decimal(1) if typed is None and self.kind is Kind.YES_NO else typed

    def again(self, data: Mapping[str, Any]) -> CriteriaForm:
        """The same form with other data, not judged yet."""
        return CriteriaForm(self.scheme, self.rounds, data, stored=self.stored, only=self.only)

    @property
    def unreadable(self) -> bool:
        """Whether a field of the chosen kind cannot be read, so that judging the whole would mislead."""
        return bool(self.errors)

    def field_at(self, path: str) -> str | None:
        """The field that a fault of the criteria belongs to; None where it is no fault of criteria."""
        name = self._field_named(path)
        return name if name in self.fields else None

    def take(self, refused: Faults) -> Faults:
        """Put the faults of criteria at their fields, unless these cannot be read anyway; answers the others."""
        own = {id(fault): name for fault in refused.faults if (name := self.field_at(fault.field))}
        unreadable = self.unreadable
        for fault in refused.faults:
            if id(fault) in own and not unreadable:
                self.add_error(own[id(fault)], str(fault.sentence))
        return Faults([fault for fault in refused.faults if id(fault) not in own])

    def _field_named(self, path: str) -> str:
        first = str(self.scores[0])
        beginnings = {
            "levels": f"{LEVELS_OF.get(self.kind, 'level')}_{first}",
            "rounds": f"round_{self.rounds[0]}_level_{first}",
            "bands": f"band_{first}_from",
            "options": f"option_{next((n for n in self.answers if n not in self._given_options), 1)}_title",
        }
        if self.kind is Kind.MILESTONES:
            beginnings["levels"] = beginnings["rounds"]
        if path in beginnings:
            return beginnings[path]
        word, _sep, rest = path.partition("_")
        number, _sep, part = rest.partition("_")
        match word:
            case "level":
                return f"{LEVELS_OF.get(self.kind, 'level')}_{rest}"
            case "round" if part == "levels":
                return f"round_{number}_level_{first}"
            case "band" if number.isdigit() and int(number) <= len(self._given_bands):
                return f"band_{self._given_bands[int(number) - 1]}_{'from' if part == 'score' else part}"
            case "option" if number.isdigit() and int(number) <= len(self._given_options):
                return f"option_{self._given_options[int(number) - 1]}_{part}"
        return path

    def _fields_of(self, kind: Kind) -> set[str]:
        beginnings = {
            Kind.LADDER: ("level_",),
            Kind.STEPS: ("steps_",),
            Kind.BANDS: ("band_",),
            Kind.YES_NO: ("yes", "no"),
            Kind.CHOICE: ("option_",),
            Kind.MILESTONES: ("round_",),
            Kind.DEVIATION: ("plan", "side", "deviation_level_"),
        }[kind]
        return {"criteria_kind", *(name for name in self.fields if name.startswith(beginnings))}

    def _typed(self, name: str) -> Any:
        return self.cleaned_data.get(name) if self.is_bound and self.errors is not None else None

    def _score(self, name: str, otherwise: Decimal) -> Decimal:
        typed = self._typed(name)
        return Decimal(typed) if typed else otherwise

    def _rungs(self, name: str) -> tuple[Rung, ...]:
        read = ((self._typed(f"{name}_{score}"), score) for score in self.scores)
        return tuple(Rung(at, score) for at, score in read if at is not None)

    @property
    def _given_bands(self) -> list[Decimal]:
        ends = {score: (self._typed(f"band_{score}_from"), self._typed(f"band_{score}_to")) for score in self.scores}
        return [score for score, held in ends.items() if held != (None, None)]

    def _range(self, score: Decimal) -> Range:
        return Range(score, self._typed(f"band_{score}_from"), self._typed(f"band_{score}_to"))

    @property
    def _given_options(self) -> list[int]:
        return [number for number in self.answers if self._typed(f"option_{number}_title")]

    def _option(self, number: int) -> Option:
        return Option(self._score(f"option_{number}_score", self.scores[0]), self._typed(f"option_{number}_title"))

    # Filling the levels by convention

    def filled(self, target: Decimal | None) -> QueryDict:
        """What was typed, with the levels set around the target. Refused with the fault of each field that is amiss."""
        typed = {name: self._typed(name) for name in ("fill_level", "fill_step", "fill_way")}
        with all_at_once() as found:
            if target is None:
                found.add("target", _("Give the target: the result that the group means to reach."))
            if typed["fill_step"] is None or typed["fill_step"] <= 0:
                found.add("fill_step", _("Give the step from level to level, above 0."))
        filled: QueryDict = self.data.copy()  # type: ignore[union-attr]
        filled["criteria_kind"] = str(Kind.LADDER)
        assert target is not None, "a missing target is refused"
        level = Decimal(typed["fill_level"] or self.scores[len(self.scores) // 2])
        better = typed["fill_way"] != "less"
        for rung in levels_around(target, level, typed["fill_step"], self.scores, more_is_better=better):
            filled[f"level_{rung.score}"] = figure_words(rung.at)
        return filled


def _initial(stored: Criteria | None, scheme: Scheme) -> dict[str, Any]:
    """The stored criteria in their fields, and what other kinds begin with."""
    lowest, highest, middle = scheme.scores[0], scheme.scores[-1], scheme.scores[len(scheme.scores) // 2]
    start = {
        "criteria_kind": str(Kind.LADDER),
        "yes": str(highest),
        "no": str(lowest),
        "side": str(Side.BOTH),
        "fill_level": str(middle),
        "fill_way": "more",
    }
    return start if stored is None else start | {"criteria_kind": str(stored.kind)} | _fields_from(stored)


def _fields_from(stored: Criteria) -> dict[str, Any]:
    match stored:
        case Ladder(rungs):
            return _levels("level", rungs)
        case Steps(rungs, fractions):
            return {"steps_fractions": fractions} | _levels("steps_level", rungs)
        case Bands(ranges):
            ends = [(f"band_{band.score}", "from", band.lowest) for band in ranges]
            ends += [(f"band_{band.score}", "to", band.highest) for band in ranges]
            return {f"{name}_{end}": figure_words(at) for name, end, at in ends if at is not None}
        case YesNo(yes, no):
            return {"yes": str(yes), "no": str(no)}
        case Choice(options):
            numbered = list(enumerate(options, start=1))
            return {f"option_{number}_title": option.title for number, option in numbered} | {
                f"option_{number}_score": str(option.score) for number, option in numbered
            }
        case Milestones(rounds):
            named = (_levels(f"round_{months}_level", rungs) for months, rungs in rounds)
            return {name: at for levels in named for name, at in levels.items()}
        case Deviation(plan, rungs, side, plans):
            own = {f"plan_{months}": figure_words(own) for months, own in plans}
            return {"plan": figure_words(plan), "side": str(side)} | own | _levels("deviation_level", rungs)


def _levels(name: str, rungs: Iterable[Rung]) -> dict[str, str]:
    return {f"{name}_{rung.score}": figure_words(rung.at) for rung in rungs}
