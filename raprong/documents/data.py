"""The machine-readable data of a paper, as it is attached to the PDF that is deposited and read back from it."""

import json
from collections.abc import Mapping
from typing import Any

from raprong.documents.paper import Paper
from raprong.lib.rendering import Fault, PaperRefused
from raprong.lib.shapes import adapter_of

FILE_NAME = "paper.json"
FORMAT = "raprong.paper"
VERSIONS: dict[str, int] = {}
"""The version of a kind's shape where it is no longer the first.

Raise it when data that was deposited before would no longer read: a new field without a default, one that is gone,
renamed, or means something else.
"""


def as_json(paper: Paper) -> str:
    """Kind, version of the shape, and every field: days and moments in ISO form, decimals as text with their places."""
    data = {
        "format": FORMAT,
        "kind": paper.kind,
        "shape_version": shape_version(paper.kind),
        "data": adapter_of(type(paper)).dump_python(paper, mode="json"),
    }
    return json.dumps(data, ensure_ascii=False, indent=1)


def parts_of(content: bytes) -> tuple[str, Mapping[str, Any]]:
    """The kind and the fields that attached data names.

    Raises PaperRefused where it is not the data of a paper of ours, or of a shape newer than this program knows.
    """
    try:
        found = json.loads(content)
        if found["format"] != FORMAT:
            raise PaperRefused([NOT_OURS])
        kind, version, data = str(found["kind"]), int(found["shape_version"]), dict(found["data"])
    except (ValueError, KeyError, TypeError) as error:
        raise PaperRefused([NOT_OURS]) from error
    if version > shape_version(kind):
        raise PaperRefused([_too_new(kind, version)])
    return kind, data


def shape_version(kind: str) -> int:
    return VERSIONS.get(kind, 1)


NOT_OURS = Fault(
    FILE_NAME,
    "The attached data is not that of a paper of this program.",
    "ข้อมูลที่แนบมาไม่ใช่ข้อมูลของเอกสารจากระบบนี้",
)


def _too_new(kind: str, version: int) -> Fault:
    return Fault(
        FILE_NAME,
        f"The attached data is of version {version} of {kind}, and this program knows up to {shape_version(kind)}. "
        "Read it with a newer one.",
        f"ข้อมูลที่แนบเป็นรุ่น {version} ของ {kind} ใหม่กว่าที่ระบบนี้รู้จัก โปรดใช้ระบบรุ่นใหม่กว่า",
    )
