"""By how much a report came too late, in words."""

from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from raprong.lib.thai.dates import BANGKOK

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def late_by(received_at: datetime, due_on: date) -> timedelta | None:
    """How long after the end of the due day something was received; None where it came in time.

    The day ends at midnight in Bangkok: what is received one second after it is one second late.
    """
    ends_at = datetime.combine(due_on + _DAY, time(), BANGKOK)
    return received_at - ends_at if received_at >= ends_at else None


def late_words(span: timedelta) -> str:
    """The span in its largest whole unit, and in seconds where it is under a minute; never less than one."""
    if span >= _DAY:
        days = span // _DAY
        return ngettext("%(count)s day after the due day", "%(count)s days after the due day", days) % {"count": days}
    if span >= _HOUR:
        hours = span // _HOUR
        words = ngettext("%(count)s hour after the due day", "%(count)s hours after the due day", hours)
        return words % {"count": hours}
    if span >= _MINUTE:
        minutes = span // _MINUTE
        words = ngettext("%(count)s minute after the due day", "%(count)s minutes after the due day", minutes)
        return words % {"count": minutes}
    seconds = max(1, span // timedelta(seconds=1))
    words = ngettext("%(count)s second after the due day", "%(count)s seconds after the due day", seconds)
    return words % {"count": seconds}


def late_words_th(span: timedelta) -> str:
    """As papers print it."""
    with override("th"):
        return late_words(span)


def punctuality_words(span: timedelta | None) -> str:
    return _("Late: %(span)s") % {"span": late_words(span)} if span is not None else _("In time")
