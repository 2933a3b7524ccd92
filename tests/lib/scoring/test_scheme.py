import json
from decimal import Decimal
from pathlib import Path

import pytest

from raprong.lib.definition_file import DefinitionFaults
from raprong.lib.scoring.card import Status
from raprong.lib.scoring.ladder import Below
from raprong.lib.scoring.scheme import (
    SCALES,
    Band,
    Scheme,
    read_scheme,
    read_schemes,
    scheme_as_data,
    scheme_faults,
    scheme_from_data,
)


def write(folder: Path, text: str) -> Path:
    path = folder / "trial.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_scheme_of_the_library_reads() -> None:
    schemes = read_schemes()

    assert "five-level" in schemes
    assert len(schemes) == len(list(SCALES.glob("*.yaml")))


def test_the_default_scheme_is_the_five_level_scale() -> None:
    scheme = read_schemes()["five-level"]
    default = Scheme()

    assert (scheme.places, scheme.weighted_places, scheme.total_places) == (4, 4, 4)
    assert (scheme.below, scheme.round_score_first) == (default.below, default.round_score_first) == (Below.FLOOR, True)


@pytest.mark.parametrize(
    "total, band",
    [
        ("0", "below-target"),
        ("2.9999", "below-target"),
        ("3", "on-target"),
        ("4.0000", "on-target"),
        ("4.0001", "above-target"),
        ("5", "above-target"),
    ],
)
def test_a_total_falls_in_one_band(total: str, band: str) -> None:
    found = read_schemes()["five-level"].band_of(Decimal(total))

    assert found is not None
    assert found.code == band


def test_a_total_above_every_band_has_none() -> None:
    assert read_schemes()["five-level"].band_of(Decimal("5.1")) is None


def test_every_fault_of_a_scheme_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "code: trial\nplaces: many\nbelow: somewhere\nplases: 4\n"
        "bands:\n  - {code: low, title_th: ต่ำ, title_en: Low}\n",
    )

    with pytest.raises(DefinitionFaults) as refused:
        read_scheme(path)

    assert [(fault.line, fault.where) for fault in refused.value.faults] == [
        (2, "places"),
        (3, "below"),
        (4, "plases"),
        (6, "bands[0]"),
    ]
    assert "trial.yaml, line 4, plases: This is not a known setting." in str(refused.value)


def test_a_file_that_is_not_yaml_is_told_its_line(tmp_path: Path) -> None:
    with pytest.raises(DefinitionFaults, match="line 2: This is not YAML"):
        read_scheme(write(tmp_path, "code: trial\nbands: [1, 2]]\n"))


def test_a_file_that_is_not_utf8_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "trial.yaml"
    path.write_bytes("ระดับ".encode("tis-620"))

    with pytest.raises(DefinitionFaults, match="Save the file as UTF-8"):
        read_scheme(path)


def test_a_code_unlike_the_file_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionFaults, match="Give both one name"):
        read_scheme(write(tmp_path, "code: other\n"))


def test_bands_out_of_order_are_refused() -> None:
    low, high = (
        Band("low", "ต่ำ", "Low", below=Decimal(3)),
        Band("high", "สูง", "High", up_to=Decimal(3)),
    )

    assert Scheme(bands=(low, high)).band_of(Decimal(3)) is high
    with pytest.raises(ValueError, match="Write the lowest first"):
        Scheme(bands=(high, low))


def test_a_scheme_kept_as_json_reads_back_the_same() -> None:
    scheme = read_schemes()["five-level"]

    assert scheme_from_data(json.loads(json.dumps(scheme_as_data(scheme)))) == scheme


def test_a_name_written_twice_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(DefinitionFaults, match="line 3, places: This is written twice"):
        read_scheme(write(tmp_path, "code: trial\nplaces: 4\nplaces: 2\n"))


def test_an_empty_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(DefinitionFaults, match="Write settings by name"):
        read_scheme(write(tmp_path, ""))


@pytest.mark.parametrize("code", sorted(path.stem for path in SCALES.glob("*.yaml")))
def test_every_scheme_of_the_house_reads_back_the_same_and_names_itself(code: str) -> None:
    scheme = read_schemes()[code]

    assert scheme_from_data(json.loads(json.dumps(scheme_as_data(scheme)))) == scheme
    assert scheme.title_th
    assert scheme.title_en
    assert scheme.notes


def test_only_schemes_without_a_source_wait_for_confirmation() -> None:
    waiting = {code for code, scheme in read_schemes().items() if not scheme.confirmed}

    assert waiting == {"anchors-50-75-100", "five-level-external-factors"}


def test_a_scheme_stored_before_the_new_settings_reads_with_their_defaults() -> None:
    stored = {"code": "five-level", "places": 4, "below": "floor", "scale_max": "5", "weight_base": "100"}

    scheme = scheme_from_data(stored)

    assert scheme == Scheme()
    assert scheme.scores == (1, 2, 3, 4, 5)
    assert scheme.highest == 5


def test_a_final_score_is_out_of_its_parts_together() -> None:
    schemes = read_schemes()

    assert (schemes["individual-70-30"].full, schemes["five-level"].full) == (100, 5)


def test_levels_name_the_scores_that_criteria_may_use() -> None:
    scheme = read_schemes()["anchors-50-75-100"]

    assert scheme.scores == (50, 75, 100)
    found = scheme.level_of(Decimal(75))
    assert found is not None
    assert found.title_th == "ขั้นมาตรฐาน"


def test_only_a_status_without_a_result_is_worth_what_the_scheme_says() -> None:
    scheme = scheme_from_data({"statuses": {"missing": "zero", "not_reported": "floor"}})

    assert (scheme.worth_of(Status.MISSING), scheme.worth_of(Status.NOT_REPORTED)) == (0, 1)
    assert scheme.worth_of(Status.CANCELLED) is None
    assert scheme.worth_of(Status.REPORTED) is None


def test_what_contradicts_itself_is_told_at_once_in_both_languages() -> None:
    faults = scheme_faults(
        {
            "places": "many",
            "levels": [{"score": 50}, {"score": 40}],
            "bands": [
                {"code": "a", "title_th": "ก", "title_en": "A", "up_to": 3, "colour": "pink"},
                {"code": "a", "title_th": "ข", "title_en": "B", "below": 3},
            ],
            "rules": [{"code": "x", "on": "kpi", "kind": "points", "amount": 0}],
            "parts": [{"code": "r", "weight": 60, "full": 5}],
        }
    )

    assert {fault.path for fault in faults} == {
        "bands[1].code",
        "bands[1]",
        "levels[1].score",
        "rules[0].amount",
        "parts",
        "places",
        "bands[0].colour",
    }
    assert all(fault.sentence and fault.sentence_th for fault in faults)


def test_a_sound_scheme_has_no_faults() -> None:
    assert scheme_faults(scheme_as_data(Scheme())) == []


def test_contradictions_in_a_file_are_told_once_each_with_their_line(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "code: trial\nlevels:\n  - {score: 1}\n  - {score: 4}\nrules:\n"
        '  - {code: late, "on": kpi, kind: points, amount: 0}\n',
    )

    with pytest.raises(DefinitionFaults) as refused:
        read_scheme(path)

    assert [(fault.line, fault.where) for fault in refused.value.faults] == [
        (4, "levels[1].score"),
        (6, "rules[0].amount"),
    ]


@pytest.mark.parametrize("written", [None, [], "five-level", 4])
def test_what_is_no_scheme_at_all_is_refused_in_words(written: object) -> None:
    assert scheme_faults(written)
