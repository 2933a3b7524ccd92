"""The whole way of a final score out of parts: its scheme chosen, reported, scored, confirmed, reckoned again."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from raprong.cli.sample.organisation import SampleAgency
from raprong.evaluations.enums import State
from raprong.evaluations.models import Evaluation
from raprong.kpis.models import KpiYear
from raprong.kpis.schemes import available_schemes
from raprong.lib.scoring.scheme import Scheme
from raprong.processes.models import Run
from tests.factories.assessments import IN_SEPTEMBER, come_to, submitted_report
from tests.web.keyboard import SignIn


def typed(scheme: Scheme) -> dict[str, Any]:
    """The scheme as its form holds it."""
    statuses = ("not_reported", "missing", "not_applicable", "cancelled", "not_started")
    bands = {
        f"band_{number}-{name}": value
        for number, band in enumerate(scheme.bands)
        for name, value in {
            "title_th": band.title_th,
            "title_en": band.title_en,
            "end": "up_to" if band.below is None else "below",
            "at": str(band.up_to if band.below is None else band.below),
            "colour": str(band.colour),
            "code": band.code,
        }.items()
    }
    places = {name: str(getattr(scheme, name) or "exact") for name in ("places", "weighted_places", "total_places")}
    settings = {"base": scheme.code, "below": "floor"} | places
    ticked = {"round_score_first": "on", "share_inside_parent": "on", "confirmed": "on"}
    because = {"because": "ประเมินรายบุคคล", "save": "yes"}
    return settings | ticked | bands | dict.fromkeys(statuses, "excluded") | because


# (50 × 2.95 + 30 × 4) ÷ 80 = 3.34375: rounded at once 3.34 ÷ 5 × 70 = 46.76; not rounded 46.8125 → 46.813 → 46.81.
@pytest.mark.parametrize(
    "code, total, final",
    [("individual-70-30", "3.34", "72.26"), ("individual-70-30-twice-rounded", "3.34375", "72.31")],
)
def test_from_the_choice_of_the_scheme_to_the_confirmed_score(
    run: Run,
    kpis: list[KpiYear],
    cast: SampleAgency,
    sign_in: SignIn,
    tmp_path: Path,
    code: str,
    total: str,
    final: str,
) -> None:
    planner, assessor, chief = sign_in("planner"), sign_in("assessor"), sign_in("chief-assessor")
    place = f"/schemes/of/{run.public_id}/"

    chosen = planner.post(f"{place}change/", typed(available_schemes()[code]), follow=True)
    assert "Final score out of 100 = Results 70 + Competency 30" in chosen.content.decode()
    assert "Given with the evaluation" in planner.get(f"/results/of/{run.public_id}/scores/").content.decode()

    come_to(run, "assessments.rounds_submitted", by=cast.people["planner"], at=run.started_at)
    report = submitted_report(run, cast, 12, at=IN_SEPTEMBER)
    come_to(run, "evaluations.confirmed", by=cast.people["planner"], at=IN_SEPTEMBER)
    assessor.post(f"/evaluations/of/{report.public_id}/open/")
    evaluation = Evaluation.objects.get(assessment=report)
    address = f"/evaluations/{evaluation.public_id}/"
    for score in evaluation.scores.all():
        assessor.post(f"/evaluations/scores/{score.public_id}/", {"decision": "keep"})
    early = assessor.post(f"{address}finish/", follow=True)
    assert "These parts of the final score have no score yet: Competency." in early.content.decode()

    assessor.post(f"{address}part/", {"part": "competency", "score": "4.25", "because": "ผลการประเมินสมรรถนะ"})
    assessor.post(f"{address}finish/")
    chief.post(f"{address}confirm/")

    evaluation.refresh_from_db()
    assert (evaluation.state, str(evaluation.total)) == (State.CONFIRMED, final)
    explained = chief.get(f"/scores/evaluations/{evaluation.public_id}/explain/").content.decode()
    assert f"+ 25.50 = {final}." in explained
    assert f"Results: {total} ÷ 5 × 70" in explained
    assert final in chief.get("/results/department/").content.decode()
    file = tmp_path / "score.json"
    file.write_bytes(chief.get(f"/scores/evaluations/{evaluation.public_id}/passport.json").content)
    command = [Path(sys.executable).with_name("raprong"), "score", str(file), "--json"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    assert json.loads(answer.stdout)["final"] == final
