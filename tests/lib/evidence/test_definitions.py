"""Types and numbers of evidence as data: the house's own read, and faults are sentences at their line."""

from pathlib import Path

import pytest

from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.evidence.numbering import NumberPattern, read_numbering
from raprong.lib.evidence.types import read_evidence_types


def test_the_houses_own_numbers_are_as_offices_write_them() -> None:
    pattern = read_numbering().of_sop("any")

    assert pattern.write(kpi="7.1.3", step=1, months=6, number=1) == "7.1.3-1-1"
    assert pattern.write(kpi="1.2", step=0, months=6, number=4) == "1.2-4"


def test_a_pattern_holds_for_the_sops_that_it_names(tmp_path: Path) -> None:
    path = tmp_path / "numbering.yaml"
    path.write_text(
        "code: x\nsaid_th: เอกสาร {number}\nsaid_en: Document {number}\npatterns:\n"
        '  - {code: all, of_step: "{kpi}-{step}-{number}", of_kpi: "{kpi}-{number}"}\n'
        '  - {code: own, sops: [OWN], of_step: "{round}/{kpi}.{step}.{number}", of_kpi: "{round}/{kpi}.{number}"}\n'
    )

    numbering = read_numbering(path)

    assert numbering.of_sop("OWN").write(kpi="1.2", step=3, months=5, number=1) == "5/1.2.3.1"
    assert numbering.of_sop("OTHER") == NumberPattern("all", "{kpi}-{step}-{number}", "{kpi}-{number}")


@pytest.mark.parametrize(
    ("of_step", "sentence"),
    [
        ("{kpi}-{number}", "Numbers would repeat without: {step}"),
        ("{kpi}-{step}-{number}-{year}", "Unknown here: {year}"),
        ("{kpi}-{step}-{number", "A brace is not closed"),
    ],
)
def test_a_pattern_that_cannot_number_is_told_at_its_line(tmp_path: Path, of_step: str, sentence: str) -> None:
    path = tmp_path / "numbering.yaml"
    path.write_text(
        "code: x\nsaid_th: a\nsaid_en: a\npatterns:\n"
        f'  - code: all\n    of_step: "{of_step}"\n    of_kpi: "{{kpi}}-{{number}}"\n'
    )

    with pytest.raises(DefinitionFaults, match="line 6") as caught:
        read_numbering(path)

    assert sentence in str(caught.value)


def test_one_pattern_must_be_for_all_other_sops(tmp_path: Path) -> None:
    path = tmp_path / "numbering.yaml"
    path.write_text(
        "code: x\nsaid_th: a\nsaid_en: a\npatterns:\n"
        '  - {code: own, sops: [OWN], of_step: "{kpi}-{step}-{number}", of_kpi: "{kpi}-{number}"}\n'
    )

    with pytest.raises(DefinitionFaults, match="names no SOP"):
        read_numbering(path)


def test_a_type_that_stands_twice_is_told(tmp_path: Path) -> None:
    path = tmp_path / "types.yaml"
    row = "  - {code: plan, title_th: แผน, title_en: Plan}\n"
    path.write_text(f"code: x\ntypes:\n{row}{row}")

    with pytest.raises(DefinitionFaults, match="line 4"):
        read_evidence_types(path)


def test_the_houses_own_types_have_a_title_in_both_languages() -> None:
    assert all(one.title_th and one.title_en for one in read_evidence_types().types)


def test_the_houses_own_grades_say_what_bears_a_claim() -> None:
    types = read_evidence_types()

    assert types.is_enough(["photograph", "order"])
    assert not types.is_enough(["photograph", "screen"])
    assert types.is_enough(["photograph", "other"])  # nobody has said what other papers are worth
    assert types.is_enough(["gone"])


def test_a_grade_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = tmp_path / "types.yaml"
    path.write_text("code: x\ntypes:\n  - {code: plan, title_th: แผน, title_en: Plan, grade: best}\n")

    with pytest.raises(DefinitionFaults, match="line 3"):
        read_evidence_types(path)
