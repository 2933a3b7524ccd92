"""The form that lies on the table when the agreement is signed."""

from raprong.agreements import actions, documents
from raprong.agreements.models import Agreement
from raprong.agreements.queries import parties_of, signing_form_of
from raprong.core.clock import day_of
from raprong.core.references import reference
from raprong.documents import render
from raprong.documents.signing_form.shape import SigningForm
from raprong.kpis.queries import selected_kpis
from raprong.lib.scoring.criteria import criteria_as_data
from raprong.organisation.models import Person
from raprong.records.models import Record
from tests.cast import NEW_YEAR
from tests.factories.agreements import SIGNING, proof_of
from tests.factories.kpis import steps
from tests.factories.papers import is_sealed, words_in


def form_of(agreement: Agreement) -> SigningForm:
    paper = documents.signed_paper(agreement, list(parties_of(agreement)), dated_on=day_of(NEW_YEAR))
    preparations = documents.preparations_of(agreement, at=NEW_YEAR)
    return documents.signing_form(agreement, paper, dated_on=day_of(NEW_YEAR), preparations=preparations)


def test_the_form_names_day_place_kpis_and_those_who_sign(opened: Agreement) -> None:
    form = form_of(opened)

    assert (form.ceremony_on, form.venue) == (opened.signing_on, "ห้องประชุม ๑")
    assert [kpi.code for kpi in form.kpis] == ["1.1", "1.2", "2.1"]
    assert [each.name for each in form.receivers] == [party.name for party in opened.parties_on("receiver")]
    assert [each.name for each in form.makers] == [party.name for party in opened.parties_on("maker")]
    assert "๑๐๐.๐๐" in words_in(render(form))


def test_what_must_lie_ready_is_said_in_the_words_of_the_sop(opened: Agreement) -> None:
    step = opened.run.definition.step("signing")

    prepared = form_of(opened).preparations

    assert [each.text for each in prepared] == [point.text for point in step.control_points]


def test_a_signature_given_on_screen_stands_on_the_form(opened: Agreement) -> None:
    maker = opened.parties_on("maker")[0]
    actions.sign(opened, identity=proof_of(maker.person), by=maker.person, at=SIGNING)

    form = form_of(opened)

    assert [each.name for each in form.makers if each.signed] == [maker.name]
    assert not any(each.signed for each in form.receivers)


def test_the_form_is_deposited_when_the_agreement_comes_into_force(in_force: Agreement) -> None:
    records = Record.objects.filter(about=reference(in_force)).order_by("pk")

    assert [record.kind for record in records] == ["agreement", "signing_form"]
    form = records[1].file
    assert signing_form_of(in_force) == form
    assert is_sealed(form)
    assert words_in(form).count("๐๙.๐๐") == in_force.parties.count()  # the hour of each signature


def test_nothing_is_deposited_before_the_last_signature(opened: Agreement, planner: Person) -> None:
    assert signing_form_of(opened) is None
    assert not Record.objects.exists()


def test_steps_that_score_as_many_points_stand_as_points_of_success(opened: Agreement) -> None:
    kpi = selected_kpis(opened.run)[0]
    kpi.steps = [{"title": f"ขั้นที่ {number}", "evidence": []} for number in range(1, 6)]
    kpi.criteria = criteria_as_data(steps(1, 2, 3, 4, 5))
    by_half = criteria_as_data(steps(2, 4, 6, 8, 10))

    counted = documents.agreed_kpi(kpi).achievements
    kpi.criteria = by_half

    assert counted == tuple(f"ขั้นที่ {number}" for number in range(1, 6))
    assert documents.agreed_kpi(kpi).achievements == ()
