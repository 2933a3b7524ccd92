"""From a confirmed score to the letter that announces it and the circular that passes it on."""

from io import BytesIO

import pypdf
import pytest

from raprong.access.identity import confirm_by_password
from raprong.access.rules import Refused
from raprong.audit.seals import entry_under, year_seal
from raprong.circulation import actions as circulation
from raprong.circulation.models import Letter
from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations import actions as evaluations
from raprong.evaluations.models import Evaluation
from raprong.files.store import open_content
from raprong.processes import cards
from tests.cast import PASSWORD
from tests.factories.assessments import IN_OCTOBER, come_to
from tests.factories.circulation import checked


@pytest.fixture
def announcing(confirmed: Evaluation, cast: SampleAgency) -> Evaluation:
    """The step of the result letter is open."""
    come_to(confirmed.run, "evaluations.result_letter_sent", by=cast.people["assessor"], at=IN_OCTOBER)
    return confirmed


def signed_and_sent(letter: Letter, cast: SampleAgency, *, signer: str, sender: str) -> Letter:
    head = cast.people[signer]
    signed = circulation.sign(
        checked(letter, at=IN_OCTOBER),
        identity=confirm_by_password(head, PASSWORD, at=IN_OCTOBER),
        by=head,
        at=IN_OCTOBER,
    )
    return circulation.send(signed, recipients=[cast.people["director"]], by=cast.people[sender], at=IN_OCTOBER)


def text_of(letter: Letter) -> str:
    """The words of the sealed paper without spaces, which a PDF may place anywhere."""
    assert letter.sealed is not None
    with open_content(letter.sealed.sha256) as file:
        pages = pypdf.PdfReader(BytesIO(file.read())).pages
        return "".join("".join(page.extract_text().split()) for page in pages)


def test_the_result_letter_goes_from_the_assessing_unit_to_the_unit(announcing: Evaluation, cast: SampleAgency) -> None:
    letter = evaluations.draft_result_letter(announcing, by=cast.people["assessor"], at=IN_OCTOBER)

    assert (letter.unit, letter.to_unit) == (cast.units["psdg"], announcing.run.unit)
    assert "๑๒ เดือน" in letter.subject


def test_the_sealed_letter_tells_the_score_with_its_weight(announcing: Evaluation, cast: SampleAgency) -> None:
    letter = evaluations.draft_result_letter(announcing, by=cast.people["assessor"], at=IN_OCTOBER)

    sent = signed_and_sent(letter, cast, signer="chief-assessor", sender="assessor")

    assert "๓.๓๔๓๘" in text_of(sent)
    assert "๘๐จาก๑๐๐" in text_of(sent)


def test_the_result_letter_carries_the_seal_of_the_units_year(announcing: Evaluation, cast: SampleAgency) -> None:
    seal = year_seal(announcing.run.unit, announcing.run.fiscal_year)

    letter = evaluations.draft_result_letter(announcing, by=cast.people["assessor"], at=IN_OCTOBER)

    assert letter.content["verification"] == seal
    assert entry_under(seal) is not None


def test_a_letter_is_drafted_once(announcing: Evaluation, cast: SampleAgency) -> None:
    evaluations.draft_result_letter(announcing, by=cast.people["assessor"], at=IN_OCTOBER)

    with pytest.raises(Refused):
        evaluations.draft_result_letter(announcing, by=cast.people["chief-assessor"], at=IN_OCTOBER)


def test_unconfirmed_scores_are_not_announced(scored: Evaluation, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        evaluations.draft_result_letter(scored, by=cast.people["assessor"], at=IN_OCTOBER)
    with pytest.raises(Refused):
        evaluations.draft_circular(scored, by=cast.people["planner"], at=IN_OCTOBER)


def test_the_circular_waits_for_its_step(announcing: Evaluation, cast: SampleAgency) -> None:
    with pytest.raises(Refused):
        evaluations.draft_circular(announcing, by=cast.people["planner"], at=IN_OCTOBER)


def test_the_cards_follow_the_letters_until_they_are_sent(announcing: Evaluation, cast: SampleAgency) -> None:
    run = announcing.run
    before = cards.ask("evaluations.result_letter_sent", run)
    letter = evaluations.draft_result_letter(announcing, by=cast.people["assessor"], at=IN_OCTOBER)
    drafted = cards.ask("evaluations.result_letter_sent", run)
    sent = signed_and_sent(letter, cast, signer="chief-assessor", sender="assessor")
    after = cards.ask("evaluations.result_letter_sent", run)

    assert (before.done, drafted.done, after.done) == (False, False, True)
    assert sent.number_text in after.sentence


def test_the_circular_names_the_letter_it_passes_on(announcing: Evaluation, cast: SampleAgency) -> None:
    letter = evaluations.draft_result_letter(announcing, by=cast.people["assessor"], at=IN_OCTOBER)
    announced = signed_and_sent(letter, cast, signer="chief-assessor", sender="assessor")
    come_to(announcing.run, "evaluations.circular_sent", by=cast.people["assessor"], at=IN_OCTOBER)

    drafted = evaluations.draft_circular(announcing, by=cast.people["planner"], at=IN_OCTOBER)
    sent = signed_and_sent(drafted, cast, signer="director", sender="planner")

    assert announced.number_text.split()[-1] in text_of(sent)
    assert cards.ask("evaluations.circular_sent", announcing.run).done
