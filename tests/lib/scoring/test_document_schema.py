import json
from pathlib import Path
from typing import Any

import pytest

from raprong.lib.scoring.criteria import Kind
from raprong.lib.scoring.document import score_document
from raprong.lib.scoring.document_schema import document_schema

DOCS = Path(__file__).parents[3] / "docs"
SAMPLES = sorted((Path(__file__).parent / "documents").glob("*.json"))


def test_the_schema_in_the_documentation_is_that_of_the_code() -> None:
    written = json.loads((DOCS / "scoring.schema.json").read_text(encoding="utf-8"))

    assert written == json.loads(json.dumps(document_schema()))


def test_every_kind_of_criteria_is_described() -> None:
    kinds = [one["properties"]["kind"]["const"] for one in document_schema()["$defs"]["criteria"]["oneOf"]]

    assert kinds == list(Kind)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_samples_are_scored_and_use_only_names_that_are_described(sample: Path) -> None:
    document = json.loads(sample.read_text(encoding="utf-8"))

    answer = score_document(document)

    assert answer["total"] is not None
    assert not list(unknown_names(document, document_schema(), document_schema()["$defs"], "document"))


def unknown_names(value: Any, schema: dict[str, Any], defs: dict[str, Any], path: str) -> list[str]:
    """Names of a document that its schema does not describe, and required ones that are not there."""
    if "$ref" in schema:
        return unknown_names(value, defs[schema["$ref"].removeprefix("#/$defs/")], defs, path)
    if "oneOf" in schema and isinstance(value, dict):
        schema = next(one for one in schema["oneOf"] if one["properties"]["kind"]["const"] == value["kind"])
    if isinstance(value, list) and "items" in schema:
        return [
            name for i, one in enumerate(value) for name in unknown_names(one, schema["items"], defs, f"{path}[{i}]")
        ]
    if not isinstance(value, dict) or "properties" not in schema:
        return []
    found = [f"{path}.{name}" for name in value.keys() - schema["properties"].keys()]
    found += [f"{path} lacks {name}" for name in schema.get("required", []) if name not in value]
    for name, inner in value.items():
        found += unknown_names(inner, schema["properties"].get(name, {}), defs, f"{path}.{name}")
    return found
