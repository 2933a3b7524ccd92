from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from raprong.access.queries import holds, holds_in_agency
from raprong.access.roles import all_roles, roles_that_hold
from raprong.access.rules import Refused
from raprong.organisation.models import Agency, Person, Unit


def check_holds(person: Person, permission: str, unit: Unit, *, on: date) -> None:
    """Refuse unless the person holds the permission in the unit on that day; the sentence names who could."""
    if holds(person, permission, unit, on=on):
        return
    able = ", ".join(role_title(code) for code in roles_that_hold(permission))
    raise Refused(_("In %(unit)s this is for: %(roles)s.") % {"unit": unit, "roles": able})


def check_holds_in_agency(person: Person, permission: str, agency: Agency, *, on: date) -> None:
    """Refuse unless the person holds the permission in the whole agency on that day; the sentence names who could."""
    if not holds_in_agency(person, permission, agency, on=on):
        able = ", ".join(role_title(code) for code in roles_that_hold(permission))
        raise Refused(_("In %(unit)s this is for: %(roles)s.") % {"unit": agency, "roles": able})


def role_title(code: str) -> str:
    """A role's name in the language of the page."""
    role = all_roles()[code]
    return role.title if (get_language() or "th").startswith("th") else role.title_en
