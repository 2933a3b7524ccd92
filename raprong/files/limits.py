"""How much may be handed in: the limits of the settings, and the sentences of who goes beyond them."""

from django.conf import settings
from django.utils.translation import gettext as _

from raprong.access.rules import Refused

MEGABYTE = 1024 * 1024


def check_size(size: int, name: str) -> None:
    """Refuse a file of more bytes than the settings let in."""
    if size > settings.LARGEST_UPLOAD_BYTES:
        limit = settings.LARGEST_UPLOAD_BYTES // MEGABYTE
        raise Refused(_("%(name)s is larger than %(limit)s MB.") % {"name": name, "limit": limit})


class NoRoom(Refused):
    """The disk is full. What has arrived stays; it can be tried again once there is room."""


def no_room(name: str) -> NoRoom:
    """What to say when the disk is full."""
    words = _("%(name)s could not be kept: the server has no room left. Nothing was changed; tell the administrator.")
    return NoRoom(words % {"name": name})
