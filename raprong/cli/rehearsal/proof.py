"""How the sample people prove what they report: a table of their own figures, and one register for all KPIs."""

from datetime import date
from io import BytesIO

from openpyxl import Workbook

from raprong.assessments.models import AssessmentItem
from raprong.cli.rehearsal.stage import Stage
from raprong.core.clock import day_of
from raprong.evidence import actions as evidence
from raprong.evidence.facts import Facts, Proves
from raprong.evidence.models import EVERY_ROUND, Evidence
from raprong.evidence.places import places_of
from raprong.kpis.models import KpiYear
from raprong.kpis.queries import selected_kpis
from raprong.lib.thai.dates import month_and_year
from raprong.organisation.models import Person
from raprong.results.models import MonthlyResult

FIGURES = "figures"  # a type of definitions/evidence/types.yaml


def prove(stage: Stage, item: AssessmentItem, *, by: Person) -> None:
    """The monthly figures behind the result of a round, as a workbook."""
    year, months = stage.fiscal_year, item.assessment.months
    facts = Facts(
        title=f"{stage.words['evidence_title']} {item.kpi.code}",
        kind=FIGURES,
        starts_on=year.starts_on,
        ends_on=year.round_ends_on(months),
    )
    proves = Proves(item.kpi, months)
    table = table_of_months(item.kpi, upto=day_of(stage.at))
    evidence.hand_in(table, f"{item.kpi.code}.xlsx", proves=proves, facts=facts, by=by, at=stage.at)


def share_register(stage: Stage) -> None:
    """Who answers for which KPI: handed in once in the year, and credited to every KPI for every round."""
    title = stage.words["register_title"]
    if Evidence.objects.of_run(stage.run).filter(title=title).exists():
        return
    first, *others = [Proves(kpi, EVERY_ROUND) for kpi in selected_kpis(stage.run).select_related("group")]
    facts = Facts(title=title, kind=FIGURES, starts_on=stage.fiscal_year.starts_on, ends_on=stage.fiscal_year.ends_on)
    officer = stage.who_may("assessments.gather")
    given = evidence.hand_in(register_of(stage), f"{title}.xlsx", proves=first, facts=facts, by=officer, at=stage.at)
    evidence.credit(given.evidence, others, by=officer, at=stage.at)


def table_of_months(kpi: KpiYear, *, upto: date) -> BytesIO:
    """The monthly figures of a KPI as a workbook: what a collector would print from the source."""
    results = MonthlyResult.objects.filter(kpi=kpi, month__lte=upto).order_by("month")
    return _workbook(kpi.code, [(kpi.code, kpi.title), *((month_and_year(one.month), one.value) for one in results)])


def register_of(stage: Stage) -> BytesIO:
    kpis = selected_kpis(stage.run).select_related("group")
    return _workbook("KPI", [(kpi.code, kpi.title, kpi.group.name, len(places_of(kpi))) for kpi in kpis])


def _workbook(name: str, rows: list[tuple[object, ...]]) -> BytesIO:
    book = Workbook()
    sheet = book.create_sheet(name, 0)
    for row in rows:
        sheet.append(row)
    content = BytesIO()
    book.save(content)
    content.seek(0)
    return content
