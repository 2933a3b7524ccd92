"""Fetching what stands at an address that a person gave, without being led into a network that is not theirs to see.

Only http and https. A host is looked up once; every address that it has must be allowed, and the connection goes to
the very address that was looked at, so that no second answer of a name server can lead elsewhere. The same holds for
each step of a redirection. What is fetched has limits of size, of time as a whole, and of steps.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Timer
from urllib.parse import SplitResult, quote, urljoin, urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Allows = Callable[[Address], bool]

USUAL_PORTS = (80, 443, 8080, 8443)
MOST_STEPS = 5
PIECE_BYTES = 64 * 1024
REDIRECTIONS = (301, 302, 303, 307, 308)
TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 in the last four bytes (RFC 6052)
SAFE_IN_PATH = "/%:@!$&'()*+,;=~-._"


class Why(StrEnum):
    """Why nothing was fetched."""

    ADDRESS = "address"  # none of http and https, a name and password in it, or not readable
    INSIDE = "inside"  # leads into a network that is not open to everybody
    UNKNOWN = "unknown"  # no such host
    SILENT = "silent"  # no answer, or a broken one
    SLOW = "slow"  # not within the time
    LARGE = "large"
    ROUND = "round"  # redirected too often


class NotFetched(Exception):
    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Limits:
    """`allows` says which addresses on the network may be connected to."""

    allows: Allows
    most_bytes: int
    most_seconds: float


@dataclass(frozen=True)
class Answer:
    """What the last step answered, and where it was."""

    address: str
    status: int
    media_type: str
    charset: str
    file_name: str
    content: bytes


def is_public(address: Address) -> bool:
    """Whether an address on the network is open to everybody; one that carries another is judged by what it carries."""
    if isinstance(address, ipaddress.IPv6Address):
        carried = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if carried is None and address in TRANSLATED:
            carried = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if carried is not None:
            return is_public(carried)
    return address.is_global and not address.is_multicast


def fetch(address: str, limits: Limits) -> Answer:
    """Fetch what stands at an address, following redirections. Raises NotFetched; an HTTP error is an answer too."""
    with _within(limits.most_seconds) as held:
        for _step in range(MOST_STEPS + 1):
            answer, leads_to = _ask(_split(address), limits, held)
            if not leads_to:
                return answer
            address = urljoin(address, leads_to)
    raise NotFetched(Why.ROUND)


def _split(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        well = parts.scheme in ("http", "https") and parts.hostname and parts.username is None and parts.port != 0
    except ValueError as unreadable:
        raise NotFetched(Why.ADDRESS) from unreadable
    if not well:
        raise NotFetched(Why.ADDRESS)
    return parts


@contextmanager
def _within(seconds: float) -> Iterator[list[socket.socket]]:
    """Cut the connections that are held when the time is up, however slowly something drips through them."""
    held: list[socket.socket] = []
    late = Event()

    def cut() -> None:
        late.set()
        for one in held:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield held
    except (OSError, http.client.HTTPException) as fault:
        raise NotFetched(Why.SLOW if late.is_set() or isinstance(fault, TimeoutError) else Why.SILENT) from fault
    finally:
        timer.cancel()


def _ask(parts: SplitResult, limits: Limits, held: list[socket.socket]) -> tuple[Answer, str]:
    """The answer of one step, and where it leads to."""
    host, port = _host_of(parts), parts.port or (443 if parts.scheme == "https" else 80)
    sock = _connected(_checked(host, port, limits.allows), port, limits.most_seconds)
    held.append(sock)
    connection = http.client.HTTPConnection(host, port)
    try:
        if parts.scheme == "https":
            sock = ssl.create_default_context().wrap_socket(sock, server_hostname=host)
            held.append(sock)
        connection.sock = sock
        connection.request("GET", _target(parts), headers=_headers(parts))
        with connection.getresponse() as response:  # one that was not read to its end would keep the socket open
            leads_to = response.headers.get("Location", "") if response.status in REDIRECTIONS else ""
            return _answer(parts.geturl(), response, b"" if leads_to else _content(response, limits)), leads_to
    finally:
        connection.close()
        sock.close()


def _host_of(parts: SplitResult) -> str:
    host = parts.hostname or ""
    try:
        return host if ":" in host else host.encode("idna").decode()
    except UnicodeError as unreadable:
        raise NotFetched(Why.ADDRESS) from unreadable


def _checked(host: str, port: int, allows: Allows) -> list[Address]:
    """The addresses of a host. One that is not allowed is enough to refuse them all."""
    found = _looked_up(host, port)
    usual = port in USUAL_PORTS
    if not all(allows(one) and (usual or not is_public(one)) for one in found):
        raise NotFetched(Why.INSIDE)
    return found


def _looked_up(host: str, port: int) -> list[Address]:
    with suppress(ValueError):
        return [ipaddress.ip_address(host)]
    try:
        infos = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        found = [ipaddress.ip_address(str(where[0]).partition("%")[0]) for *_others, where in infos]
    except (OSError, UnicodeError) as unknown:
        raise NotFetched(Why.UNKNOWN) from unknown
    return list(dict.fromkeys(found))


def _connected(addresses: list[Address], port: int, seconds: float) -> socket.socket:
    fault: OSError | None = None
    for address in addresses[:3]:
        sock = socket.socket(socket.AF_INET6 if address.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
        sock.settimeout(seconds / 2)
        try:
            sock.connect((str(address), port))
        except OSError as refused:
            sock.close()
            fault = refused
        else:
            return sock
    raise NotFetched(Why.SILENT) from fault


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=SAFE_IN_PATH)
    return f"{path}?{quote(parts.query, safe=SAFE_IN_PATH + '?')}" if parts.query else path


def _headers(parts: SplitResult) -> dict[str, str]:
    host = _host_of(parts)
    named = f"[{host}]" if ":" in host else host
    return {
        "Host": f"{named}:{parts.port}" if parts.port else named,
        "User-Agent": "Mozilla/5.0 (compatible; Raprong)",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _content(response: http.client.HTTPResponse, limits: Limits) -> bytes:
    """The whole of it. An answer that is packed in spite of what we asked, or cut short, is a broken one."""
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise NotFetched(Why.SILENT)
    content = bytearray()
    while piece := response.read(PIECE_BYTES):
        content += piece
        if len(content) > limits.most_bytes:
            raise NotFetched(Why.LARGE)
    if response.length:
        raise NotFetched(Why.SILENT)
    return bytes(content)


def _answer(address: str, response: http.client.HTTPResponse, content: bytes) -> Answer:
    headers = response.headers
    named = headers.get_content_charset() or ""
    return Answer(address, response.status, headers.get_content_type(), named, headers.get_filename() or "", content)
