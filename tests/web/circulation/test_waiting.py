"""Letters that wait for one hand, few or many; the rest of their way is told in tests/web/home."""

from raprong.circulation import actions
from raprong.cli.sample.organisation import SampleAgency
from raprong.web.circulation import waiting
from raprong.web.home.desk import Desk
from tests.cast import NEW_YEAR
from tests.factories.circulation import checked, draft_circular


def test_a_draft_waits_for_its_drafter_until_it_is_handed_in(cast: SampleAgency) -> None:
    letter, planner = draft_circular(cast), cast.people["planner"]

    [draft] = waiting.letters_to_hand_in(Desk(planner, NEW_YEAR))
    others = list(waiting.letters_to_hand_in(Desk(cast.people["planning-head"], NEW_YEAR)))
    actions.hand_in(letter, seen=None, by=planner, at=NEW_YEAR)

    assert letter.public_id in draft.url
    assert others == list(waiting.letters_to_hand_in(Desk(planner, NEW_YEAR))) == []


def test_many_letters_to_sign_are_one_line(cast: SampleAgency) -> None:
    letters = [checked(draft_circular(cast, subject=f"เรื่องที่ {number}")) for number in range(waiting.FEW)]
    few = list(waiting.letters_to_sign(Desk(cast.people["director"], NEW_YEAR)))

    checked(draft_circular(cast))
    [many] = waiting.letters_to_sign(Desk(cast.people["director"], NEW_YEAR))

    assert len(few) == len(letters)
    assert many.url.endswith("/many/to/sign/")
    assert "๖" in many.title
