"""What a person chose about being told; who has chosen nothing has the defaults, and no row."""

from django.conf import settings

from raprong.notifications.models import Preferences
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
