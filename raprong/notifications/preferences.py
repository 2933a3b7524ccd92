"""What a person chose about being told; who has chosen nothing has the defaults, and no row."""

from django.conf import settings
from django.utils.translation import gettext as _

from raprong.access.rules import Refused
from raprong.notifications.channels import Channel
from raprong.notifications.enums import Rhythm
from raprong.notifications.models import Preferences, Wish
from raprong.organisation.models import Person


def preferences_of(person: Person) -> Preferences:
    """A person's choices; not saved yet where there are none."""
    return Preferences.objects.filter(person=person).first() or Preferences(person=person)


def language_of(person: Person) -> str:
    """The language to write to a person in; one that is no longer offered gives way to the installation's."""
    chosen = preferences_of(person).language
    return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def remember_language(person: Person, language: str) -> None:
    """Keep the language that a person chose on the switch of the pages."""
    Preferences.objects.update_or_create(person=person, defaults={"language": language})


def rhythm_of(person: Person, channel: Channel) -> Rhythm:
    """When a person wishes to have notices over a channel."""
    wish = Wish.objects.filter(person=person, channel=channel.code).first()
    return Rhythm(wish.rhythm) if wish else Rhythm.NEVER


def check_may_wish(person: Person, channel: Channel) -> None:
    """Refuse a channel that the installation does not use, and one that cannot reach the person."""
    if not channel.in_use():
        raise Refused(_("%(channel)s is not set up here. The administrator can do it.") % {"channel": channel.title})
    if why := channel.refusal(person):
        raise Refused(why)


def wish_for(channel: Channel, rhythm: Rhythm, *, by: Person) -> None:
    """Choose when a channel brings one's own notices. Wishing for none is always possible."""
    if rhythm != Rhythm.NEVER:
        check_may_wish(by, channel)
    Wish.objects.update_or_create(person=by, channel=channel.code, defaults={"rhythm": rhythm})
