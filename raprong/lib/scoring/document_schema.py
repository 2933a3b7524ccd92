"""The JSON Schema of documents to score, kept as ``docs/scoring.schema.json``.

``python -m raprong.lib.scoring.document_schema`` writes it anew.
"""

import json
import sys
from typing import Any

from pydantic import TypeAdapter

from raprong.lib.scoring.card import Status
from raprong.lib.scoring.criteria import Kind, Side
from raprong.lib.scoring.document_criteria import KEYS
from raprong.lib.scoring.scheme import Scheme

_NUMBER = {
    "description": "A number; as a string it keeps its digits, and Thai digits are read",
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": "^\\s*[+-]?[0-9๐-๙]+(\\.[0-9๐-๙]+)?\\s*$"}],
}
_MONTHS = {
    "description": "A round, in months from October",
    "anyOf": [{"type": "integer", "minimum": 1, "maximum": 12}, {"type": "string", "pattern": "^[0-9๐-๙]{1,2}$"}],
}
_LEVELS = {
    "description": "Pairs of level and value, in any order",
    "type": "array",
    "items": {"type": "array", "items": {"$ref": "#/$defs/number"}, "minItems": 2, "maxItems": 2},
}
_REF_NUMBER, _REF_LEVELS, _REF_MONTHS = ({"$ref": f"#/$defs/{name}"} for name in ("number", "levels", "months"))
_OPEN_END = {"anyOf": [_REF_NUMBER, {"type": "null"}]}
_TEXT = {"type": ["string", "null"]}

_KEYS: dict[str, dict[str, Any]] = {
    "levels": _REF_LEVELS,
    "fractions": {"type": "boolean"},
    "bands": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"score": _REF_NUMBER, "from": _OPEN_END, "to": _OPEN_END},
            "required": ["score"],
        },
    },
    "yes": _REF_NUMBER,
    "no": _REF_NUMBER,
    "options": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"score": _REF_NUMBER, "title": {"type": "string"}},
            "required": ["score", "title"],
        },
    },
    "rounds": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {"months": _REF_MONTHS, "levels": _REF_LEVELS},
            "required": ["months", "levels"],
        },
    },
    "plan": _REF_NUMBER,
    "side": {"enum": list(Side)},
    "plans": {"type": "object", "additionalProperties": _REF_NUMBER},
}
_OPTIONAL_KEYS = {"fractions", "side", "plans"}


def document_schema() -> dict[str, Any]:
    """The schema of everything that ``score_document`` reads."""
    scheme = TypeAdapter(Scheme).json_schema(ref_template="#/$defs/{model}")
    definitions: dict[str, Any] = scheme.pop("$defs", {})
    definitions |= {
        "number": _NUMBER,
        "levels": _LEVELS,
        "months": _MONTHS,
        "criteria": {"oneOf": [_criteria(kind) for kind in Kind]},
        "kpi": _kpi(),
        "adjustment": _adjustment(),
        "scheme": scheme,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A document of KPIs to score",
        "type": "object",
        "properties": {
            "scheme": {"$ref": "#/$defs/scheme"},
            "months": _REF_MONTHS,
            "kpis": {"type": "array", "items": {"$ref": "#/$defs/kpi"}, "minItems": 1},
            "adjustments": {"type": "array", "items": {"$ref": "#/$defs/adjustment"}},
            "given": {"type": "object", "additionalProperties": _REF_NUMBER},
        },
        "required": ["kpis"],
        "$defs": definitions,
    }


def _criteria(kind: Kind) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"kind": {"const": str(kind)}, **{key: _KEYS[key] for key in KEYS[kind]}},
        "required": ["kind", *(key for key in KEYS[kind] if key not in _OPTIONAL_KEYS)],
        "additionalProperties": False,
    }


def _kpi() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "code": {"type": "string", "minLength": 1},
            "weight": _REF_NUMBER,
            "criteria": {"$ref": "#/$defs/criteria"},
            "levels": {**_REF_LEVELS, "description": "Criteria as the first format had them, with `kind`"},
            "kind": {"enum": [Kind.LADDER, Kind.STEPS]},
            "result": {
                "description": "A number; yes or no; an option by number or title; the list of the steps done",
                "type": ["number", "string", "boolean", "array", "null"],
            },
            "status": {"enum": [*Status, None]},
            "months": _REF_MONTHS,
            "parent": _TEXT,
            "parts": {"type": "array", "items": {"$ref": "#/$defs/kpi"}},
            "overridden": {"anyOf": [_REF_NUMBER, {"type": "null"}], "description": "A score given instead"},
            "because": _TEXT,
        },
        "required": ["code", "weight"],
    }


def _adjustment() -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "rule": {"type": "string"},
            "kpi": {**_TEXT, "description": "The code of the KPI; none for a rule on the total"},
            "count": {"type": "integer", "minimum": 1, "maximum": 1000, "default": 1},
            "because": _TEXT,
        },
        "required": ["rule"],
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(document_schema(), ensure_ascii=False, indent=2) + "\n")
