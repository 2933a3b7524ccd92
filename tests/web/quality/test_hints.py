"""What would be found in a KPI, told while it is typed; nothing is stored."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from raprong.kpis.models import KpiYear
from raprong.processes.models import Run

SignIn = Callable[[str], Client]
TYPED = {
    "code": "1.1",
    "title": "ร้อยละของผู้รับบริการที่พึงพอใจ",
    "measure": "ร้อยละ",
    "criteria_kind": "ladder",
    "target": "70",
} | {f"level_{level}": str(level * 20) for level in range(1, 6)}


def hints(browser: Client, run: Run, **changes: Any) -> str:
    response = browser.post(f"/quality/of/{run.public_id}/hints/", TYPED | changes)
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_typed_is_looked_at_before_it_is_saved(open_run: Run, framework: object, sign_in: SignIn) -> None:
    shown = hints(sign_in("head1"), open_run)

    assert "Target off its level" in shown
    assert 'href="#id_target"' in shown
    assert "Answers to no policy" in shown
    assert not KpiYear.objects.exists()


def test_what_is_sound_gives_no_hint(open_run: Run, framework: Any, sign_in: SignIn) -> None:
    shown = hints(sign_in("head1"), open_run, target="80", sources=[framework.sources.first().public_id])

    assert shown.strip() == ""


def test_a_name_nearly_the_same_as_another_is_told(
    open_run: Run, propose: Callable[..., KpiYear], sign_in: SignIn
) -> None:
    propose("3.1", title="ร้อยละของผู้รับบริการซึ่งพึงพอใจ")

    assert "nearly the same as KPI 3.1" in hints(sign_in("head1"), open_run)


def test_a_kpi_is_not_held_against_itself(open_run: Run, propose: Callable[..., KpiYear], sign_in: SignIn) -> None:
    kpi = propose("3.1", title=TYPED["title"])

    assert "nearly the same" not in hints(sign_in("head1"), open_run, kpi=kpi.public_id)


@pytest.mark.parametrize("changes", [{"level_3": "many"}, {"criteria_kind": "choice"}, {"target": ""}, {"title": ""}])
def test_half_a_form_is_no_trouble(open_run: Run, framework: object, sign_in: SignIn, changes: dict[str, str]) -> None:
    hints(sign_in("head1"), open_run, **changes)


def test_levels_of_another_kind_lead_to_their_own_fields(open_run: Run, framework: object, sign_in: SignIn) -> None:
    counts = {f"steps_level_{level}": str(min(level, 4)) for level in range(1, 6)}

    shown = hints(sign_in("head1"), open_run, criteria_kind="steps", target="4", measure="ระดับ", **counts)

    assert 'href="#id_steps_level_5"' in shown


def test_another_department_gets_no_hints(open_run: Run, framework: object, sign_in: SignIn) -> None:
    assert sign_in("planner.pa").post(f"/quality/of/{open_run.public_id}/hints/", TYPED).status_code == 404


def test_the_form_asks_for_hints(open_run: Run, framework: object, sign_in: SignIn) -> None:
    shown = sign_in("head1").get(f"/kpis/of/{open_run.public_id}/propose/").content.decode()

    assert f'hx-post="/quality/of/{open_run.public_id}/hints/"' in shown
