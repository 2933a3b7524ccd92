"""Wording and letterhead: what changes for whom from when, what is refused in which words, and what stays."""

from datetime import date, timedelta
from typing import Any

import pytest

from raprong.access.rules import Refused
from raprong.audit.models import Entry
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.clock import day_of
from raprong.core.faults import Faults
from raprong.core.models import AppendOnly
from raprong.documents.wording import default_wording
from raprong.organisation.models import Agency, Person, Unit
from raprong.stationery import actions
from raprong.stationery.actions import Decision
from raprong.stationery.models import Wording
from raprong.stationery.queries import Holder, style_for, wording_for, wordings_of
from tests.cast import NEW_YEAR

TODAY = day_of(NEW_YEAR)
NEXT_MONTH = TODAY + timedelta(days=30)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7v7h-7z"/></svg>'


@pytest.fixture
def planner(cast: SampleAgency) -> Person:
    return cast.people["planner"]


@pytest.fixture
def admin(cast: SampleAgency) -> Person:
    return cast.people["admin"]


def decide(on: date = TODAY, *, because: str = "ตามแบบของกรม", seen: int | None = None) -> Decision:
    return Decision(because, on, seen)


def word(holder: Holder, by: Person, *, kind: str = "circular", on: date = TODAY, **texts: list[str]) -> Wording:
    return actions.word(holder, kind, texts, decide(on), by=by, at=NEW_YEAR)


def test_a_unit_words_a_paper_from_a_day_on(cast: SampleAgency, planner: Person) -> None:
    word(cast.office, planner, to=["หัวหน้ากลุ่มทุกกลุ่ม"], on=NEXT_MONTH)

    before, after = (wording_for(cast.office, "circular", on=day) for day in (TODAY, NEXT_MONTH))
    assert before == default_wording("circular")
    assert after == default_wording("circular") | {"to": ("หัวหน้ากลุ่มทุกกลุ่ม",)}


def test_a_unit_without_words_of_its_own_speaks_as_its_agency(
    cast: SampleAgency, admin: Person, planner: Person
) -> None:
    word(cast.agency, admin, to=["ทุกคนในกรม"], subject=["แจ้งผล {round}"])
    word(cast.office, planner, to=["ทุกคนในสำนัก"])

    texts = wording_for(cast.office, "circular", on=TODAY)

    assert (texts["to"], texts["subject"]) == (("ทุกคนในสำนัก",), ("แจ้งผล {round}",))
    assert wording_for(cast.units["psdg"], "circular", on=TODAY)["to"] == ("ทุกคนในกรม",)


def test_another_agency_keeps_its_own_words(cast: SampleAgency, other_cast: SampleAgency, admin: Person) -> None:
    word(cast.agency, admin, to=["ทุกคนในกรม"])

    assert wording_for(other_cast.office, "circular", on=TODAY) == default_wording("circular")


def test_going_back_to_the_default_is_a_version_of_its_own(cast: SampleAgency, planner: Person) -> None:
    word(cast.office, planner, to=["ทุกคน"])

    back = actions.word(cast.office, "circular", {}, decide(because="กลับไปใช้แบบเดิม"), by=planner, at=NEW_YEAR)

    assert (back.number, back.texts) == (2, {})
    assert wording_for(cast.office, "circular", on=TODAY) == default_wording("circular")
    assert [version.number for version in wordings_of(cast.office, "circular")] == [2, 1]


def test_going_back_to_an_earlier_version_writes_its_words_anew(cast: SampleAgency, planner: Person) -> None:
    first = word(cast.office, planner, to=["ทุกคน"])
    word(cast.office, planner, to=["ทุกกลุ่ม"])

    word(cast.office, planner, **first.texts)

    assert wording_for(cast.office, "circular", on=TODAY)["to"] == ("ทุกคน",)


@pytest.mark.parametrize(
    "texts, field, told",
    [
        ({"subject": ["แจ้งผล {year}"]}, "subject", "{year}"),
        ({"subject": ["แจ้งผล {round"]}, "subject", "วงเล็บปีกกา"),
        ({"subject": ["แจ้งผล"]}, "subject", "{round}"),
        ({"to": ["ก" * 5_000]}, "to", "ย่อข้อความ"),
        ({"to": ["ทุกคน 🙂"]}, "to", "🙂"),
        ({"to": ["ทุก*คน"]}, "to", "*"),
        ({"to": [" "]}, "to", "โปรดพิมพ์ข้อความ"),
        ({"to": ["ก", "ข"]}, "to", "ย่อหน้า"),
        ({"greeting": ["สวัสดี"]}, "greeting", "ไม่มีข้อความ"),
    ],
)
def test_a_fault_is_a_sentence_at_its_text(
    texts: dict[str, list[str]], field: str, told: str, cast: SampleAgency, planner: Person
) -> None:
    with pytest.raises(Faults) as refused:
        actions.word(cast.office, "circular", texts, decide(), by=planner, at=NEW_YEAR)

    assert refused.value.faults[0].field == field
    assert told in " ".join(str(fault.sentence) for fault in refused.value.faults)
    assert not Wording.objects.exists()


def test_every_fault_is_told_at_once(cast: SampleAgency, planner: Person) -> None:
    decision = Decision(" ", TODAY - timedelta(days=1), seen=3)

    with pytest.raises(Faults) as refused:
        actions.word(cast.office, "circular", {"to": ["{x}"]}, decision, by=planner, at=NEW_YEAR)

    assert {fault.field for fault in refused.value.faults} == {"because", "in_force_from", "", "to"}


def test_the_same_words_again_are_no_new_version(cast: SampleAgency, planner: Person) -> None:
    word(cast.office, planner, to=["ทุกคน"])

    with pytest.raises(Faults):
        word(cast.office, planner, to=["ทุกคน"])


@pytest.mark.parametrize("who", ["director", "head1", "staff", "assessor", "records", "executive"])
def test_who_holds_no_right_changes_nothing(who: str, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        word(cast.office, cast.people[who], to=["ทุกคน"])
    with pytest.raises(Refused):
        actions.set_letterhead(cast.office, decide(), by=cast.people[who], at=NEW_YEAR)


def test_a_unit_s_planning_officer_does_not_speak_for_the_agency(cast: SampleAgency, planner: Person) -> None:
    with pytest.raises(Refused):
        word(cast.agency, planner, to=["ทุกคน"])


def test_an_outsider_changes_nothing(cast: SampleAgency, outsider: Person) -> None:
    holders: list[Agency | Unit] = [cast.agency, cast.office]
    for holder in holders:
        with pytest.raises(Refused):
            word(holder, outsider, to=["ทุกคน"])


def test_a_version_is_written_down_and_never_changed(cast: SampleAgency, planner: Person) -> None:
    made = word(cast.office, planner, to=["ทุกคน"])

    made.because = "อื่น"
    with pytest.raises(AppendOnly):
        made.save()
    entry = Entry.objects.get(kind="stationery.worded")
    assert entry.facts["texts"] == ["to"]


def test_a_letterhead_holds_for_every_unit_until_one_has_its_own(
    cast: SampleAgency, admin: Person, planner: Person
) -> None:
    actions.set_letterhead(
        cast.agency, decide(), emblem=SVG, address="ถนนหนึ่ง\nจังหวัดหนึ่ง", thai_digits=False, by=admin, at=NEW_YEAR
    )
    everywhere = style_for(cast.units["psdg"], on=TODAY)
    actions.set_letterhead(cast.office, decide(), address="ถนนสอง", by=planner, at=NEW_YEAR)

    assert "M1 1h7v7h-7z" in everywhere.style.garuda_svg
    assert (everywhere.address, everywhere.thai_digits) == ("ถนนหนึ่ง\nจังหวัดหนึ่ง", False)
    assert style_for(cast.office, on=TODAY).address == "ถนนสอง"
    actions.set_letterhead(cast.office, decide(), as_above=True, by=planner, at=NEW_YEAR)
    assert style_for(cast.office, on=TODAY) == everywhere


def test_a_unit_without_letterhead_has_its_address(cast: SampleAgency) -> None:
    look = style_for(cast.office, on=TODAY)

    assert look.address == cast.office.address
    assert look.style.garuda_svg == ""


def test_an_emblem_with_a_script_is_refused_in_words(cast: SampleAgency, planner: Person) -> None:
    unsafe = SVG.replace(b"<path", b"<script>1</script><path")
    told: list[Any] = []

    with pytest.raises(Faults) as refused:
        actions.set_letterhead(cast.office, decide(), emblem=unsafe, typeface="x", by=planner, at=NEW_YEAR)

    told = [fault.field for fault in refused.value.faults]
    assert told == ["emblem", "typeface"]
