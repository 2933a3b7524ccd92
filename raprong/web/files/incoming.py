"""Files that come in pieces: tus 1.0, core with creation, termination and expiration. Any tus client can send here."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Callable, Iterator
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods

from raprong.access.rules import Refused
from raprong.core import clock
from raprong.core.read_only import reads_on_get
from raprong.files import incoming
from raprong.files.limits import NoRoom
from raprong.files.models import IncomingFile
from raprong.files.store import CHUNK_BYTES

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
PIECE_TYPE = "application/offset+octet-stream"

View = Callable[..., HttpResponse]


class Unreadable(Exception):
    """The request does not say what it should."""

    def __init__(self, status: HTTPStatus) -> None:
        super().__init__(status.phrase)
        self.status = status


def speaks_tus(view: View) -> View:
    """Answer in the protocol's words: what is refused is one sentence of plain text, for the page to show."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = _answered(view, request, *args, **kwargs)
        response.headers["Tus-Resumable"] = VERSION
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    if request.method == "OPTIONS":
        return _what_we_speak()
    if request.headers.get("Tus-Resumable") != VERSION:
        return HttpResponse(status=HTTPStatus.PRECONDITION_FAILED, headers={"Tus-Version": VERSION})
    try:
        return view(request, *args, **kwargs)
    except NoRoom as full:
        return _said(full.sentence, HTTPStatus.INSUFFICIENT_STORAGE)
    except Refused as refused:
        return _said(refused.sentence, HTTPStatus.FORBIDDEN)
    except Unreadable as unreadable:
        return HttpResponse(status=unreadable.status)
    except incoming.NotHere:
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    except incoming.Busy:
        return HttpResponse(status=HTTPStatus.LOCKED)
    except incoming.Elsewhere as elsewhere:
        return HttpResponse(status=HTTPStatus.CONFLICT, headers={"Upload-Offset": str(elsewhere.arrived)})


def _what_we_speak() -> HttpResponse:
    headers = {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(settings.LARGEST_UPLOAD_BYTES),
    }
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=headers)


def _said(sentence: str, status: HTTPStatus) -> HttpResponse:
    return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


@require_http_methods(["OPTIONS", "POST"])
@reads_on_get
@speaks_tus
def begin(request: HttpRequest) -> HttpResponse:
    """Announce a file; its pieces go to the address that is answered."""
    begun = incoming.begin(
        _name_in(request.headers.get("Upload-Metadata", "")),
        _number(request, "Upload-Length"),
        by=request.person,
        at=clock.now(),
    )
    address = reverse("files:incoming-file", args=[begun.public_id])
    return HttpResponse(status=HTTPStatus.CREATED, headers={"Location": address, **_standing(begun)})


@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE"])
@reads_on_get
@speaks_tus
def one(request: HttpRequest, token: str) -> HttpResponse:
    """One file on its way: how much of it has arrived, its next piece, its end."""
    at = clock.now()
    if request.method == "DELETE":
        incoming.give_up(token, by=request.person, at=at)
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    if request.method == "HEAD":
        found = incoming.find(token, by=request.person, at=at)
        return HttpResponse(headers={"Upload-Length": str(found.size), **_standing(found)})
    if request.content_type != PIECE_TYPE:
        raise Unreadable(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    start = _number(request, "Upload-Offset")
    written = incoming.append(token, _pieces(request), start=start, by=request.person, at=at)
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=_standing(written))


def _standing(found: IncomingFile) -> dict[str, str]:
    return {"Upload-Offset": str(found.arrived), "Upload-Expires": http_date(found.expires_at.timestamp())}


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    while piece := request.read(CHUNK_BYTES):
        yield piece


def _number(request: HttpRequest, header: str) -> int:
    written = request.headers.get(header, "")
    if not (written.isascii() and written.isdigit() and len(written) < 16):
        raise Unreadable(HTTPStatus.BAD_REQUEST)
    return int(written)


def _name_in(metadata: str) -> str:
    """The file's name: pairs of a key and a text in Base64, with commas between them."""
    pairs = (pair.strip().partition(" ") for pair in metadata.split(","))
    encoded = next((text for key, _space, text in pairs if key == "filename"), "")
    try:
        return b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as unreadable:
        raise Unreadable(HTTPStatus.BAD_REQUEST) from unreadable
