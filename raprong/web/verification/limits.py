"""How often one address may ask: enough for any office, too little to try codes or keep the server busy."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from raprong.core import clock

PAGES_A_MINUTE = 60
FILES_A_MINUTE = 20
SECONDS = 60


def asks_too_often(request: HttpRequest) -> bool:
    """Count this question and say whether it is one too many; files, which cost more, have a count of their own."""
    kind, most = ("file", FILES_A_MINUTE) if request.FILES else ("page", PAGES_A_MINUTE)
    minute = int(clock.now().timestamp() // SECONDS)
    key = f"verification:{kind}:{_address(request)}:{minute}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) > most
    except ValueError:  # the minute ended between the two
        return False


def _address(request: HttpRequest) -> str:
    """Who asks: behind a proxy, the last address that the proxy itself wrote down."""
    passed_on = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_TLS else ""
    return passed_on.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
