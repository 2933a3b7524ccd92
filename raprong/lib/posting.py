"""Handing something to another program by HTTP, so that it can tell who sent it. No redirection is followed."""

import hmac
import json
from collections.abc import Mapping
from hashlib import sha256
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

SIGNATURE = "Raprong-Signature"


class NotTaken(Exception):
    """The other program did not take it, or nobody knows whether it did."""


class _Straight(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        """What was meant for one address is handed to no other."""


_opener = build_opener(_Straight)


def post_json(address: str, content: Mapping[str, Any], *, key: str = "", seconds: float) -> None:
    """Post content as JSON, and raise `NotTaken` unless it is answered with success.

    With a key the header `Raprong-Signature` has `sha256=` and the HMAC of the very bytes of the body under it.
    """
    if not address.startswith(("https://", "http://")):
        raise NotTaken("no address of http or https")
    body = json.dumps(content, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"}
    if key:
        headers[SIGNATURE] = signature_of(body, key)
    try:
        with _opener.open(Request(address, body, headers), timeout=seconds):
            return
    except HTTPError as answer:
        answer.close()
        raise NotTaken(f"HTTP {answer.code} {answer.reason}".strip()) from answer
    except URLError as fault:
        raise NotTaken(str(fault.reason)) from fault
    except (OSError, HTTPException, ValueError) as fault:
        raise NotTaken(str(fault) or type(fault).__name__) from fault


def signature_of(body: bytes, key: str) -> str:
    return f"sha256={hmac.new(key.encode(), body, sha256).hexdigest()}"
