"""Searching the library: words inside Thai sentences, marked where they stand, with those of other years."""

from collections.abc import Callable

from django.test import Client

from raprong.cli.sample.organisation import SampleAgency
from raprong.kpis.models import KpiYear
from raprong.processes.models import Run
from tests.cast import NEW_YEAR

SignIn = Callable[[str], Client]


def page(browser: Client, run: Run, asked: str, **rest: str) -> str:
    response = browser.get(f"/kpis/of/{run.public_id}/", {"q": asked} | rest)
    assert response.status_code == 200
    return response.content.decode()


def test_words_are_marked_where_they_stand(open_run: Run, propose: Callable[..., KpiYear], sign_in: SignIn) -> None:
    propose("1.1", title="ร้อยละความพึงพอใจของผู้รับบริการ")
    propose("1.2", title="จำนวนข่าวที่เผยแพร่")

    shown = page(sign_in("head1"), open_run, "รับบริการ พึง")

    assert "ร้อยละความ<mark>พึง</mark>พอใจของผู้<mark>รับบริการ</mark>" in shown
    assert "เผยแพร่" not in shown


def test_what_is_typed_is_never_taken_for_markup(
    open_run: Run, propose: Callable[..., KpiYear], sign_in: SignIn
) -> None:
    propose("1.1", title="<b>ข่าว</b> และ <i>")

    shown = page(sign_in("head1"), open_run, "<b>ข่าว")

    assert "<mark>&lt;b&gt;ข่าว</mark>&lt;/b&gt; และ &lt;i&gt;" in shown
    assert "<b>ข่าว" not in shown


def test_an_order_that_is_asked_for_comes_before_the_rank(
    open_run: Run, propose: Callable[..., KpiYear], sign_in: SignIn
) -> None:
    propose("1.1", title="ก ข่าว")
    propose("1.2", title="ข ข่าว")

    shown = page(sign_in("head1"), open_run, "ข่าว", sort="-title")

    assert shown.index(">1.2<") < shown.index(">1.1<")


def test_what_other_years_hold_stands_beneath(
    open_run: Run, cast: SampleAgency, propose: Callable[..., KpiYear], sign_in: SignIn
) -> None:
    propose("7.7", title="จำนวนข่าวที่เผยแพร่")
    later = Run.objects.create(
        unit=cast.office,
        fiscal_year=2571,
        sop=open_run.sop,
        started_at=NEW_YEAR,
        started_by=cast.people["planner"],
    )

    shown = page(sign_in("head1"), later, "ข่าว")

    assert "Also in other years" in shown
    assert "จำนวน<mark>ข่าว</mark>" in shown


def test_nothing_found_says_how_to_go_on(open_run: Run, propose: Callable[..., KpiYear], sign_in: SignIn) -> None:
    propose()

    assert "No KPI fits" in page(sign_in("head1"), open_run, "ไม่มีคำนี้")
