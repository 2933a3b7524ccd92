import pytest

from raprong.agreements import actions
from raprong.agreements.models import Agreement
from raprong.circulation import actions as circulation
from raprong.circulation.documents import texts_of, with_texts
from raprong.circulation.enums import LetterKind
from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.processes.cards import ask
from raprong.processes.models import Run
from tests.cast import NEW_YEAR
from tests.factories.agreements import SIGNING, proof_of
from tests.factories.circulation import checked

CARDS = [
    "agreements.drafted",
    "agreements.parties_named",
    "agreements.in_force",
    "agreements.manual_issued",
    "agreements.order_issued",
]


def test_every_card_says_what_is_missing_before_anything_is_drafted(run: Run) -> None:
    answers = [ask(card, run) for card in CARDS]

    assert not any(answer.done for answer in answers)
    assert all(answer.sentence for answer in answers)


def test_a_draft_answers_drafted_and_named(drafted: Agreement) -> None:
    done = [card for card in CARDS if ask(card, drafted.run).done]

    assert done == ["agreements.drafted", "agreements.parties_named"]


def test_in_force_counts_the_signatures(opened: Agreement, cast: SampleAgency) -> None:
    head = cast.people["head1"]
    actions.sign(opened, identity=proof_of(head), by=head, at=SIGNING)

    answer = ask("agreements.in_force", opened.run)

    assert not answer.done
    assert "1" in answer.sentence
    assert "4" in answer.sentence


@pytest.mark.parametrize(
    "issue, card",
    [(actions.issue_manual, "agreements.manual_issued"), (actions.issue_order, "agreements.order_issued")],
)
def test_a_paper_is_issued_once_it_is_signed(
    issue: object, card: str, in_force: Agreement, cast: SampleAgency, selected: list[KpiYear], planner: Person
) -> None:
    assert callable(issue)
    letter = issue(in_force.run, by=planner, at=SIGNING)
    before = ask(card, in_force.run)
    director = cast.people["director"]

    circulation.sign(checked(letter, at=SIGNING), identity=proof_of(director), by=director, at=SIGNING)

    assert not before.done
    assert ask(card, in_force.run).done


def test_the_order_names_the_head_first_and_answers_for_every_kpi(
    in_force: Agreement, cast: SampleAgency, planner: Person
) -> None:
    letter = actions.issue_order(in_force.run, by=planner, at=NEW_YEAR)
    committee, responsible = letter.content["sections"]

    assert letter.kind == LetterKind.COMMITTEE_ORDER
    assert committee["members"][0]["name"] == cast.people["director"].name
    assert committee["members"][-1]["name"] == planner.name
    assert len(responsible["members"]) == 3


def test_the_manual_has_the_sops_own_words_and_its_rounds(in_force: Agreement, planner: Person) -> None:
    content = actions.issue_manual(in_force.run, by=planner, at=NEW_YEAR).content
    definition = in_force.run.definition

    assert [row["name"] for row in content["rounds"]] == [
        f"รอบ {months} เดือน" for months in definition.reporting.rounds
    ]
    assert content["forms"] == [form.title for form in definition.forms]
    assert content["readers"] == [reader.text for reader in definition.readers]
    assert all(content[part] for part in ("scope", "definitions", "duties"))


def test_the_manual_tells_the_steps_and_every_kpi(in_force: Agreement, planner: Person) -> None:
    letter = actions.issue_manual(in_force.run, by=planner, at=NEW_YEAR)

    assert len(letter.content["steps"]) == len(in_force.run.definition.steps)
    assert [sheet["code"] for sheet in letter.content["kpis"]] == ["1.1", "1.2", "2.1"]


def test_every_text_of_the_manual_can_be_rewritten(in_force: Agreement, planner: Person) -> None:
    letter = actions.issue_manual(in_force.run, by=planner, at=NEW_YEAR)
    texts = texts_of(letter)
    assert {"purpose", "scope", "definitions", "duties", "forms", "storage", "readers"} <= set(texts)

    rewritten = with_texts(letter, texts | {"definitions": "ความหมายใหม่", "forms": "แบบ ก\n\n แบบ ข "})

    assert rewritten["definitions"] == "ความหมายใหม่"
    assert rewritten["forms"] == ["แบบ ก", "แบบ ข"]
