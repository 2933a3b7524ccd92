"""How the sample people do each piece of work that an SOP may name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from raprong.access.rules import refusal
from raprong.agreements import actions as agreements
from raprong.agreements.models import Agreement
from raprong.agreements.workflow import IN_FORCE
from raprong.assessments import actions as assessments
from raprong.assessments.models import AssessmentItem, GroupPart, SelfAssessment
from raprong.assessments.parts import actions as parts
from raprong.assessments.parts.queries import checkers_of as checkers_of_part
from raprong.assessments.parts.queries import parts_of, submitters_of
from raprong.cascade import actions as cascade
from raprong.circulation import actions as circulation
from raprong.circulation.models import Letter
from raprong.circulation.queries import asked_to_sign, checkers_of
from raprong.cli.rehearsal.asking import ask_for_more
from raprong.cli.rehearsal.controls import answer_controls
from raprong.cli.rehearsal.hearing import hear_the_unit
from raprong.cli.rehearsal.judging import hear_a_factor, lowest_of, moderate
from raprong.cli.rehearsal.proof import prove, share_register
from raprong.cli.rehearsal.signing import agree_beneath, invite, sign_in_turn
from raprong.cli.rehearsal.stage import Stage
from raprong.evaluations import actions as evaluations
from raprong.evaluations import recommendations, samples
from raprong.evaluations.definitions import reading_order
from raprong.evaluations.models import Evaluation, SampleSeed
from raprong.evaluations.queries import final_evaluation_of
from raprong.kpis import actions as kpis
from raprong.kpis import library
from raprong.kpis import permissions as may
from raprong.kpis.details import Details
from raprong.kpis.formulas import inputs_of
from raprong.kpis.models import Framework, KpiYear
from raprong.kpis.quality import actions as quality
from raprong.kpis.quality.queries import findings_of_run
from raprong.kpis.queries import selected_kpis
from raprong.kpis.schemes import available_schemes, set_scheme
from raprong.kpis.selection import Choice, Decision
from raprong.kpis.selection_meetings import Meeting, close_meeting, open_meeting
from raprong.kpis.writing import proposal_of
from raprong.kpis.years import kpis_to_copy
from raprong.lib.scoring.scheme import scheme_as_data
from raprong.organisation.models import Person
from raprong.organisation.queries import groups_of, head_of, head_position_of, people_of
from raprong.processes.queries import step_with_work
from raprong.results import actions as results
from raprong.results.actions import Figure
from raprong.results.enums import ResultStatus
from raprong.results.queries import figures_upto, still_missing

Performance = Callable[[Stage], None]

PERFORMANCES: dict[str, Performance] = {}

MINUTES_TO_WRITE_A_REPORT = 420
MINUTES_TO_SCORE_A_KPI = 60
DAYS_TO_FOLLOW_ADVICE = timedelta(days=60)


def performs(card: str) -> Callable[[Performance], Performance]:
    """Mark how the work of a card is done."""

    def keep(performance: Performance) -> Performance:
        PERFORMANCES[card] = performance
        return performance

    return keep


@performs("kpis.policy_received")
def receive_policy(stage: Stage) -> None:
    sources = [(row["kind"], row["title"], row["reference"]) for row in stage.words["sources"]]
    kpis.receive_policy(
        stage.run,
        criteria_note=stage.words["criteria_note"],
        sources=sources,
        seen=None,
        by=stage.who_may("kpis.frame"),
        at=stage.at,
    )


@performs("kpis.framework_settled")
def settle_framework(stage: Stage) -> None:
    """The dimensions of the workbook, each with the weight of its KPIs together."""
    officer, framework = stage.who_may("kpis.frame"), Framework.objects.get(run=stage.run)
    names = dict.fromkeys(row.dimension for row in stage.workbook.kpis)
    weights = [
        (name, sum((row.weight or Decimal(0) for row in stage.workbook.kpis if row.dimension == name), Decimal(0)))
        for name in names
    ]
    kpis.set_dimensions(framework, weights, seen=None, by=officer, at=stage.at)
    give_a_window(stage, framework)
    kpis.settle_framework(framework, by=officer, at=stage.at)


def give_a_window(stage: Stage, framework: Framework) -> None:
    """The sample's scheme lets the unit object before its result is final."""
    scheme, because = available_schemes()[stage.words["scheme"]], stage.words["scheme_because"]
    officer = stage.who_may("kpis.frame")
    set_scheme(framework.run, scheme_as_data(scheme), because=because, seen=None, by=officer, at=stage.at)


@performs("kpis.proposals_complete")
def propose_kpis(stage: Stage) -> None:
    """Last year's KPIs are copied and brought up to date; where there are none, the workbook is imported."""
    if kpis_to_copy(stage.run).exists():
        copy_from_last_year(stage)
    else:
        import_kpis(stage)


def copy_from_last_year(stage: Stage) -> None:
    officer, offered = stage.who_may("kpis.frame"), list(kpis_to_copy(stage.run))
    figures = figures_upto(offered[0].run, upto=offered[0].run.year.ends_on)
    reached = {kpi: figure for kpi, figure in figures.items() if figure is not None}
    copies = library.copy_from_last_year(
        stage.run, [library.Copying(kpi) for kpi in offered], reached=reached, by=officer, at=stage.at
    )
    for copy in copies:
        if changed := stage.words["brought_up_to_date"].get(copy.code):
            proposal = replace(proposal_of(copy), **brought_up_to_date(changed))
            kpis.revise(copy, proposal, seen=None, because=changed["because"], by=officer, at=stage.at)


def brought_up_to_date(changed: dict[str, Any]) -> dict[str, Any]:
    """What changes in a KPI from one year to the next, as the fields of a proposal."""
    new: dict[str, Any] = {"target": Decimal(str(changed["target"]))}
    if "inputs" in changed:
        new |= {"inputs": inputs_of(changed["inputs"]), "expression": changed["expression"]}
    return new


def import_kpis(stage: Stage) -> None:
    officer = stage.who_may("kpis.frame")
    sources = list(Framework.objects.get(run=stage.run).sources.all())
    for number, kpi in enumerate(kpis.import_workbook(stage.run, stage.workbook.kpis, by=officer, at=stage.at)):
        kpis.align(kpi, [sources[number % len(sources)]], by=officer, at=stage.at)


@performs("kpis.selection_settled")
def select_kpis(stage: Stage) -> None:
    """The heads choose in a meeting, whose minutes go into the cabinet."""
    give_reasons(stage)
    officer = stage.who_may("kpis.select")
    meeting = open_meeting(stage.run, meeting_of_heads(stage), by=officer, at=stage.at)
    weights = {row.code: row.weight for row in stage.workbook.kpis}
    candidates = KpiYear.objects.of_run(stage.run).order_by("code")
    decisions = [Decision(kpi, Choice.SELECT, weights[kpi.code]) for kpi in candidates]
    kpis.decide(stage.run, decisions, meeting=meeting, by=officer, at=stage.at)
    close_meeting(meeting, by=officer, at=stage.at)


def meeting_of_heads(stage: Stage) -> Meeting:
    """The first meeting of the year: the unit's head leads it, and the heads of its groups come."""
    chair = head_position_of(stage.office)
    heads = [head_position_of(group) for group in groups_of(stage.office)]
    return Meeting(
        number=1,
        held_on=stage.today,
        place=stage.words["venue"],
        chair=chair.title if chair else stage.office.name,
        present="\n".join(head.title for head in heads if head),
    )


def give_reasons(stage: Stage) -> None:
    """Every warning that is found in the KPIs gets its reason."""
    officer = stage.who_may("kpis.select")
    for found in findings_of_run(stage.run):
        if found.asks_for_reason:
            because = stage.words["kept_as_it_is"]
            quality.accept_warning(found.kpi, found.code, because=because, seen=None, by=officer, at=stage.at)


@performs("kpis.sent_to_department")
def send_to_department(stage: Stage) -> None:
    kpis.send_to_department(stage.run, by=stage.who_may("kpis.send"), at=stage.at)


@performs("kpis.details_complete")
def fill_details(stage: Stage) -> None:
    words = stage.words["detail"]
    for kpi in selected_kpis(stage.run):
        head = head_position_of(kpi.group)
        collector = kpi.group.positions.filter(heads_unit=False).first() or head
        details = Details(
            **words, formula=kpi.formula, data_source=kpi.data_source, supervisor=head, collector=collector
        )
        kpis.fill_details(kpi, details, seen=None, by=stage.who_may("kpis.detail", kpi.group), at=stage.at)
    give_reasons(stage)
    checker = stage.who_may("kpis.check")
    if not refusal(may.check_may_deposit_sheets, checker, stage.run, at=stage.at):
        kpis.deposit_sheets(stage.run, by=checker, at=stage.at)


@performs("agreements.drafted")
def draft_agreement(stage: Stage) -> None:
    agreements.draft(stage.run, by=stage.who_may("agreements.draft"), at=stage.at)


@performs("agreements.in_force")
def sign_agreement(stage: Stage) -> None:
    """A ceremony is planned, what the gate asks for is answered, signing opens, and each party signs in turn."""
    officer, agreement = stage.who_may("agreements.open_signing"), Agreement.objects.get(run=stage.run)
    invite(stage, agreement)
    give_reasons(stage)
    step = step_with_work(stage.run, IN_FORCE)
    if step is not None:
        answer_controls(stage, step)
    agreements.open_signing(agreement, seen=None, by=officer, at=stage.at)
    sign_in_turn(stage, agreement)


@performs("agreements.manual_issued")
def issue_manual(stage: Stage) -> None:
    letter = agreements.issue_manual(stage.run, by=stage.who_may("agreements.issue"), at=stage.at)
    check_sign_and_send(stage, letter)


@performs("agreements.order_issued")
def issue_order(stage: Stage) -> None:
    letter = agreements.issue_order(stage.run, by=stage.who_may("agreements.issue"), at=stage.at)
    check_sign_and_send(stage, letter)


@performs("cascade.assigned")
def assign_kpis(stage: Stage) -> None:
    for kpi in selected_kpis(stage.run):
        by = stage.who_may("cascade.assign", kpi.group)
        for person in people_of(kpi.group, on=stage.today):
            cascade.assign(kpi, person, duty=stage.words["duty"], by=by, at=stage.at)


@performs("cascade.everyone_acknowledged")
def acknowledge_kpis(stage: Stage) -> None:
    for person in Person.objects.filter(commitments__kpi__framework__run=stage.run).distinct():
        cascade.acknowledge_all(stage.run, by=person, at=stage.at)
    agree_beneath(stage)


@performs("results.months_reported")
def live_through_the_months(stage: Stage) -> None:
    """Month by month figures come in and the month is closed; a round that ends gets its report."""
    publish_seeds(stage)
    rounds = {stage.fiscal_year.round_ends_on(months): months for months in stage.run.definition.reporting.rounds}
    for month in stage.fiscal_year.months():
        last_day = (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        stage.wait_for(last_day + timedelta(days=1))
        report_month(stage, month)
        if last_day in rounds:
            report_round(stage, rounds[last_day])


@performs("assessments.rounds_submitted")
def finish_reports(stage: Stage) -> None:
    """The rounds were reported while the months went by; see `live_through_the_months`."""


@performs("evaluations.confirmed")
def evaluate(stage: Stage) -> None:
    """One assessor scores the last round, a meeting looks at it, another confirms it, and the unit has its say."""
    report = SelfAssessment.objects.filter(run=stage.run).order_by("-months")[0]
    assessor = stage.who_may("evaluations.score")
    evaluation = evaluations.open_evaluation(report, by=assessor, at=stage.at)
    ask_for_more(stage, evaluation.scores.select_related("item__kpi__group")[0], by=assessor)
    hear_a_factor(stage, lowest_of(evaluation, 1), by=assessor)
    for score in evaluation.scores.all():
        stage.spend(MINUTES_TO_SCORE_A_KPI)
        evaluations.keep_calculated(score, seen=None, by=assessor, at=stage.at)
    evaluations.finish_scoring(evaluation, by=assessor, at=stage.at)
    second = stage.who_may("evaluations.confirm", besides=assessor)
    moderate(stage, evaluation, by=second)
    evaluation = evaluations.confirm(evaluation, by=second, at=stage.at)
    advise(stage, evaluation, by=assessor)
    if not evaluation.is_final:
        hear_the_unit(stage, evaluation)


def publish_seeds(stage: Stage) -> None:
    """The seed of each round's random sample comes before its reports; units of one agency share it."""
    agency, by = stage.run.unit.agency, stage.who_may("evaluations.score")
    for months in stage.run.definition.reporting.rounds:
        known = {"fiscal_year": stage.run.fiscal_year, "months": months}
        if not SampleSeed.objects.filter(agency=agency, **known).exists():
            share = reading_order().sample_per_hundred
            samples.publish_seed(agency, **known, per_hundred=share, by=by, at=stage.at)


def advise(stage: Stage, evaluation: Evaluation, *, by: Person) -> None:
    """The KPI with the lowest score gets a recommendation, for the head of its group to follow next year."""
    score = min(evaluation.scores.all(), key=lambda one: Decimal(5) if one.decided is None else one.decided)
    group = score.item.kpi.group
    owner = head_of(group, on=stage.today) or people_of(evaluation.run.unit, on=stage.today)[0]
    recommendations.recommend(
        evaluation,
        score.item.kpi,
        text=stage.words["recommendation"],
        owner=owner,
        due_on=stage.today + DAYS_TO_FOLLOW_ADVICE,
        by=by,
        at=stage.at,
    )


@performs("evaluations.result_letter_sent")
def send_result_letter(stage: Stage) -> None:
    evaluation = confirmed(stage)
    by = stage.who_may("evaluations.announce")
    letter = evaluations.draft_result_letter(evaluation, by=by, at=stage.at)
    check_sign_and_send(stage, letter)


@performs("evaluations.circular_sent")
def send_circular(stage: Stage) -> None:
    """The circular goes to everybody in the unit, and everybody reads it."""
    by = stage.who_may("evaluations.circulate")
    letter = evaluations.draft_circular(confirmed(stage), by=by, at=stage.at)
    check_sign_and_send(stage, letter)
    for recipient in letter.recipients.select_related("person"):
        circulation.mark_read(recipient, by=recipient.person, at=stage.at)
        circulation.acknowledge(recipient, by=recipient.person, at=stage.at)


def check_sign_and_send(stage: Stage, letter: Letter) -> None:
    """A second person checks a letter and its signer signs it; it goes where it is written to, or to the unit's own."""
    circulation.hand_in(letter, seen=None, by=letter.drafted_by, at=stage.at)
    circulation.pass_on(letter, seen=None, by=checkers_of(letter, on=stage.today)[0], at=stage.at)
    signer = asked_to_sign(letter, on=stage.today)
    assert signer is not None, "somebody heads the unit"
    circulation.sign(letter, identity=stage.identity_of(signer), by=signer, at=stage.at)
    to_head = head_of(letter.to_unit, on=stage.today) if letter.to_unit and letter.to_unit != letter.unit else None
    recipients = [to_head] if to_head else people_of(letter.unit, on=stage.today)
    sender = stage.who_may("circulation.send", letter.unit)
    circulation.send(letter, recipients=recipients, by=sender, at=stage.at)


def confirmed(stage: Stage) -> Evaluation:
    evaluation = final_evaluation_of(stage.run)
    assert evaluation is not None
    return evaluation


def report_month(stage: Stage, month: date) -> None:
    """Each group reports the month's figures of the workbook; what is not measured that month is said to be so."""
    figures = {row.code: dict(row.figures).get(month.month) for row in stage.workbook.months}
    for kpi in selected_kpis(stage.run):
        value = figures.get(kpi.code)
        if kpi.inputs and value is not None:
            report_inputs(stage, kpi, month, value)
            continue
        results.report(
            kpi,
            month=month,
            value=value,
            status=ResultStatus.NOT_APPLICABLE if value is None else ResultStatus.VALUE,
            note=stage.words["not_measured"] if value is None else "",
            seen=None,
            by=stage.who_may("results.report", kpi.group),
            at=stage.at,
        )
    missing = still_missing(stage.run, [month]).get(month, [])
    because = stage.words["not_measured"] if missing else ""
    results.close_month(stage.run, month, because=because, by=stage.who_may("results.close"), at=stage.at)


def report_inputs(stage: Stage, kpi: KpiYear, month: date, value: Decimal) -> None:
    """Where a result is reckoned from a numerator and a denominator, these are what is reported."""
    whole = Decimal(stage.words["whole_of_ratio"])
    part, all_of_them = (one["name"] for one in kpi.inputs)
    figure = Figure(
        kpi,
        value,
        ResultStatus.VALUE,
        note="",
        seen=None,
        inputs={part: value * whole / 100, all_of_them: whole},
    )
    results.report_many(stage.run, month, [figure], by=stage.who_may("results.report", kpi.group), at=stage.at)


def report_round(stage: Stage, months: int) -> None:
    """Open the round's report, let each group write its part and attach its proof, and submit it."""
    officer = stage.who_may("assessments.gather")
    report = assessments.open_report(stage.run, months, by=officer, at=stage.at)
    stage.spend(MINUTES_TO_WRITE_A_REPORT)
    share_register(stage)
    reached = figures_upto(stage.run, upto=stage.fiscal_year.round_ends_on(months))
    for item in report.items.select_related("kpi__group"):
        write_item(stage, item, has_result=reached[item.kpi_id] is not None)
    for part in parts_of(report):
        hand_part_on(stage, part)
    named = submitters_of(stage.run, on=stage.today)
    by = named[0] if named else stage.who_may("assessments.submit")
    assessments.submit(report, seen=None, by=by, at=stage.at)


def hand_part_on(stage: Stage, part: GroupPart) -> None:
    """A group hands its part in, its head passes it on, and planning gathers it."""
    part = parts.hand_in(part, by=stage.who_may("assessments.write", part.group), at=stage.at)
    part = parts.pass_on(part, by=checkers_of_part(part, on=stage.today)[0], at=stage.at)
    parts.gather(part, by=stage.who_may("assessments.gather"), at=stage.at)


def write_item(stage: Stage, item: AssessmentItem, *, has_result: bool) -> None:
    writer = stage.who_may("assessments.write", item.kpi.group, besides=head_of(item.kpi.group, on=stage.today))
    texts = {name: stage.words[name] for name in ("narrative", "factors", "obstacles", "suggestions")}
    because = "" if has_result else stage.words["not_reported_yet"]
    assessments.write(item, **texts, no_figure_because=because, seen=None, by=writer, at=stage.at)
    if has_result:
        prove(stage, item, by=writer)
