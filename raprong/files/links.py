"""Links kept as evidence: what stood at an address is kept when it is given, and looked at again from week to week.

Fetching takes seconds and touches no database: `copy_of` and `look` come first, at the door or in a job, and what they
answer is handed to `keep` and `write_down`, which are short. A file is kept as it is, by the rules of files that people
hand in. A page is kept as a PDF of its words: nothing that it runs or loads reaches a reader, it opens everywhere and
in years to come, and whether it changed is told by its words, which stay when its code does not.
"""

import ipaddress
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from raprong.access.rules import Refused
from raprong.files.actions import take_in
from raprong.files.enums import Standing
from raprong.files.kinds import checked_media_type
from raprong.files.limits import MEGABYTE
from raprong.files.models import FrozenLink, LinkCheck
from raprong.lib.fetching import Address, Answer, Limits, NotFetched, Why, fetch, is_public
from raprong.lib.page_copy import NotCopied, copy_page
from raprong.lib.shared_links import address_of_file, is_sign_in
from raprong.lib.thai.dates import date_and_time
from raprong.organisation.models import Person, Unit

log = logging.getLogger(__name__)

LONGEST_ADDRESS = 2_000
MOST_SECONDS = 15
CHECKED_EVERY = timedelta(days=7)  # no round ends more than a week after a link was looked at
TRIED_AGAIN_AFTER = timedelta(days=1)  # what could not be reached
PAUSE = timedelta(minutes=1)  # between two looks that people ask for
PAGES = ("text/html", "application/xhtml+xml")
FINE, GONE, CLOSED = 200, (404, 410), (401, 403, 407)

SENTENCES: dict[Why | Standing, str | Promise] = {
    Why.ADDRESS: gettext_lazy("Give a whole address that begins with https:// or http://, without a password in it."),
    Why.INSIDE: gettext_lazy("This address leads into a closed network. Download the file and hand it in."),
    Why.UNKNOWN: gettext_lazy("There is no such host. Look at the address."),
    Why.SILENT: gettext_lazy("The address does not answer. Try again later, or download the file and hand it in."),
    Why.SLOW: gettext_lazy("The address answers too slowly. Download the file and hand it in."),
    Why.ROUND: gettext_lazy("The address leads from one to the next without end. Give the last of them."),
    Standing.CLOSED: gettext_lazy(
        "The address asks for a sign-in. Open it to everybody who has the link, or download the file and hand it in."
    ),
    Standing.GONE: gettext_lazy("Nothing stands at this address. Look at it in your browser."),
    Standing.SILENT: gettext_lazy("The address answers with an error. Try again later, or hand the file in."),
}


@dataclass(frozen=True)
class Copy:
    """What stood at an address, ready to be kept. `fingerprint` tells whether it is the same later on."""

    address: str
    content: bytes = field(repr=False)
    name: str
    title: str
    fingerprint: str
    is_page: bool


@dataclass(frozen=True)
class Look:
    """What another look at a link found."""

    found: Standing
    fingerprint: str = ""


def copy_of(address: str, *, at: datetime) -> Copy:
    """What stands at an address now. Asks the network; call it outside a transaction.

    Refused in words: what is no address of http or https, what leads into a closed network, asks for a sign-in, is not
    there, does not answer within 15 seconds, is too large, and kinds of files that nobody may hand in.
    """
    address = address.strip()
    if len(address) > LONGEST_ADDRESS:
        raise Refused(_("The address is too long: %(most)s letters are the most.") % {"most": LONGEST_ADDRESS})
    try:
        answer = fetch(address_of_file(address), _limits())
    except NotFetched as fault:
        raise Refused(_sentence(fault.why)) from fault
    if (standing := _standing_of(answer)) is not Standing.SAME:
        raise Refused(_sentence(standing))
    return _copy(address, answer, at)


def _sentence(why: Why | Standing) -> str:
    if why is Why.LARGE:
        limit = settings.LARGEST_UPLOAD_BYTES // MEGABYTE
        return _("What stands at this address is larger than %(limit)s MB.") % {"limit": limit}
    return str(SENTENCES[why])


def _limits() -> Limits:
    return Limits(allows=_allows(), most_bytes=settings.LARGEST_UPLOAD_BYTES, most_seconds=MOST_SECONDS)


def _allows() -> Callable[[Address], bool]:
    """Whatever is open to everybody, and the networks that the administrator of the installation names."""
    named = [ipaddress.ip_network(one) for one in settings.LINK_NETWORKS]
    return lambda address: is_public(address) or any(address in one for one in named)


def _standing_of(answer: Answer) -> Standing:
    if answer.status in CLOSED or is_sign_in(answer.address):
        return Standing.CLOSED
    if answer.status in GONE:
        return Standing.GONE
    return Standing.SAME if answer.status == FINE else Standing.SILENT


def _copy(address: str, answer: Answer, at: datetime) -> Copy:
    if answer.media_type in PAGES:
        return _copy_of_page(address, answer, at)
    name = answer.file_name or unquote(PurePosixPath(urlsplit(answer.address).path).name) or "file"
    checked_media_type(BytesIO(answer.content), name)
    digest = sha256(answer.content).hexdigest()
    return Copy(address, answer.content, name, PurePosixPath(name).stem, digest, is_page=False)


def _copy_of_page(address: str, answer: Answer, at: datetime) -> Copy:
    try:
        page = copy_page(answer.content, answer.charset, address=address, kept=f"เก็บเมื่อวันที่ {date_and_time(at)}")
    except NotCopied as fault:
        log.warning("A page could not be copied: %s", fault)
        raise Refused(_("The page at this address cannot be copied. Print it as PDF and hand that in.")) from fault
    if page.asks_for_password and answer.address != address:  # it led to a sign-in page of its own
        raise Refused(_sentence(Standing.CLOSED))
    title = page.title or urlsplit(address).hostname or address
    return Copy(address, page.pdf, f"{title[:150]}.pdf", title, page.sha256, is_page=True)


@transaction.atomic
def keep(copy: Copy, *, unit: Unit, by: Person, at: datetime) -> FrozenLink:
    """Keep a copy of what stood at an address, with its hash and the moment. What it proves, other rooms know."""
    file = take_in(BytesIO(copy.content), copy.name, unit=unit, by=by, at=at)
    link = FrozenLink.objects.create(
        address=copy.address,
        title=copy.title[:300],
        file=file,
        fingerprint=copy.fingerprint,
        is_page=copy.is_page,
        given_at=at,
        given_by=by,
        checked_at=at,
    )
    LinkCheck.objects.create(link=link, at=at, found=Standing.SAME, fingerprint=copy.fingerprint)
    return link


def look(link: FrozenLink, *, at: datetime) -> Look:
    """Look again at what stands at a link's address. Asks the network; call it outside a transaction."""
    try:
        answer = fetch(address_of_file(link.address), _limits())
    except NotFetched as fault:
        return Look(Standing.CHANGED if fault.why is Why.LARGE else Standing.SILENT)
    standing = _standing_of(answer)
    return Look(standing) if standing is not Standing.SAME else _compared(link, answer, at)


def _compared(link: FrozenLink, answer: Answer, at: datetime) -> Look:
    if (answer.media_type in PAGES) is not link.is_page:
        return Look(Standing.CHANGED)
    try:
        fingerprint = _copy(link.address, answer, at).fingerprint
    except Refused:
        return Look(Standing.CHANGED)
    return Look(Standing.SAME if fingerprint == link.fingerprint else Standing.CHANGED, fingerprint)


@transaction.atomic
def write_down(link: FrozenLink, looked: Look, *, at: datetime) -> LinkCheck:
    """Keep what a look found, for ever. Earlier looks stay as they are."""
    link = FrozenLink.objects.select_for_update().get(pk=link.pk)
    check: LinkCheck = LinkCheck.objects.create(
        link=link, at=at, found=looked.found, before=link.standing, fingerprint=looked.fingerprint
    )
    link.standing, link.checked_at = looked.found, at
    link.save(update_fields=["standing", "checked_at"])
    return check


def check_can_look(link: FrozenLink, *, at: datetime) -> None:
    """Refuse to ask the same server time and again."""
    if link.checked_at + PAUSE > at:
        raise Refused(_("This link was looked at a moment ago. Wait a minute."))


def check(link: FrozenLink, *, at: datetime) -> LinkCheck:
    """Look again, and keep what was found."""
    return write_down(link, look(link, at=at), at=at)


@transaction.atomic
def stop_watching(link: FrozenLink) -> None:
    """Nothing hangs on the link any more. The copy and what was found stay."""
    FrozenLink.objects.filter(pk=link.pk).update(is_watched=False)


@transaction.atomic
def watch_again(link: FrozenLink) -> None:
    """Something hangs on the link once more."""
    FrozenLink.objects.filter(pk=link.pk, is_watched=False).update(is_watched=True)


def due(at: datetime) -> QuerySet[FrozenLink]:
    """The links to be looked at, the longest waiting first."""
    waited = Q(checked_at__lte=at - CHECKED_EVERY)
    unreached = Q(standing=Standing.SILENT, checked_at__lte=at - TRIED_AGAIN_AFTER)
    return FrozenLink.objects.filter(waited | unreached, is_watched=True).order_by("checked_at", "pk")
