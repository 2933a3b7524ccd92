"""On which mornings a rule reminds, counted in working days."""

from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.reminders import EscalationRule, ReminderRule, last_and_next, read_reminders
from raprong.lib.thai.working_time import thai_calendar

CALENDAR = thai_calendar([2026, 2027])
FRIDAY = date(2026, 11, 6)


def rule(*working_days: int, then_every: int = 0) -> ReminderRule:
    return ReminderRule("due", "ครบกำหนด", "Due", frozenset({"month"}), "due", working_days, then_every)


def test_working_days_before_and_after_skip_weekends() -> None:
    mornings = list(rule(-5, -1, 1).mornings(FRIDAY, CALENDAR))

    assert mornings == [date(2026, 10, 30), date(2026, 11, 5), date(2026, 11, 9)]


def test_a_rule_goes_on_until_the_thing_is_done() -> None:
    mornings = list(islice(rule(1, then_every=5).mornings(FRIDAY, CALENDAR), 3))

    assert mornings == [date(2026, 11, 9), date(2026, 11, 16), date(2026, 11, 23)]


def test_holidays_put_a_morning_off() -> None:
    new_years_eve = date(2026, 12, 31)

    assert next(rule(1).mornings(date(2026, 12, 30), CALENDAR)) > new_years_eve


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2026, 10, 29), (None, date(2026, 10, 30))),
        (date(2026, 10, 30), (date(2026, 10, 30), date(2026, 11, 5))),
        (date(2026, 11, 8), (date(2026, 11, 5), date(2026, 11, 9))),
        (date(2026, 12, 25), (date(2026, 11, 9), None)),
    ],
)
def test_the_last_morning_and_the_next_are_told(on: date, expected: tuple[date | None, date | None]) -> None:
    assert last_and_next(rule(-5, -1, 1).mornings(FRIDAY, CALENDAR), on) == expected


def test_others_hear_of_it_after_working_days() -> None:
    escalation = EscalationRule("head", "หัวหน้า", "Head", frozenset({"month"}), 3, ("group_head",))

    assert escalation.morning(FRIDAY, CALENDAR) == date(2026, 11, 11)


def test_every_fault_of_a_file_is_told_at_its_line(tmp_path: Path) -> None:
    path = tmp_path / "reminders.yaml"
    path.write_text(
        """\
reminders:
  - {code: a, title: ก, title_en: A, of: [month], counted_from: due, working_days: [3, 1]}
  - {code: b, title: ข, title_en: B, of: [sign], counted_from: tomorrow, working_days: [1]}
escalations:
  - {code: c, title: ค, title_en: C, of: [month], working_days: 0, to: [staff]}
""",
        encoding="utf-8",
    )

    with pytest.raises(DefinitionFaults) as refused:
        read_reminders(path)

    assert [fault.line for fault in refused.value.faults] == [2, 3, 5]


def test_a_kind_of_thing_has_one_reminder(tmp_path: Path) -> None:
    path = tmp_path / "reminders.yaml"
    line = "  - {code: %s, title: ก, title_en: A, of: [month], counted_from: due, working_days: [1]}\n"
    path.write_text("reminders:\n" + line % "a" + line % "b" + "escalations: []\n", encoding="utf-8")

    with pytest.raises(DefinitionFaults, match="one reminder only"):
        read_reminders(path)
