"""A second factor beside the password: codes from a device of one's own, and recovery codes for when it is lost.

Whether it is off, optional or required is said of each role in definitions/roles.yaml. What is kept is django-allauth's
record of it, locked with the installation's passphrase; whoever has set it up is asked at every sign-in and again at
the moment of signing.
"""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.utils import decrypt, encrypt
from django.db import transaction
from django.utils.translation import gettext as _

from raprong.access.administration import check_may_administer, record_of_agency
from raprong.access.queries import grants_of
from raprong.access.roles import SecondFactor, all_roles
from raprong.access.rules import Refused
from raprong.core.clock import day_of
from raprong.core.faults import all_at_once
from raprong.lib.locked_text import Locked
from raprong.lib.one_time_codes import matching_step, plain_code
from raprong.organisation.models import Person, User

DEVICE, RECOVERY = Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
STRICTEST_FIRST = (SecondFactor.REQUIRED, SecondFactor.OPTIONAL)


@dataclass(frozen=True)
class Standing:
    """What a person has set up, and what their roles ask for."""

    asked: SecondFactor
    since: datetime | None
    last_used_at: datetime | None
    recovery_codes_left: int


def asked_of(person: Person, *, on: date) -> SecondFactor:
    """The strictest that a person's roles ask for on a day; optional for whoever holds none."""
    asked = {all_roles()[grant.role].second_factor for grant in grants_of(person, on=on)}
    if not asked:
        return SecondFactor.OPTIONAL
    return next((each for each in STRICTEST_FIRST if each in asked), SecondFactor.OFF)


def is_set_up(person: Person) -> bool:
    found: bool = Authenticator.objects.filter(user_id=person.user_id, type=DEVICE).exists()
    return found


def is_missing(person: Person, *, on: date) -> bool:
    """Whether a role asks for a second factor that is not set up yet."""
    return asked_of(person, on=on) is SecondFactor.REQUIRED and not is_set_up(person)


def standing_of(person: Person, *, on: date) -> Standing:
    kept = {each.type: each for each in Authenticator.objects.filter(user_id=person.user_id)}
    device, recovery = kept.get(DEVICE), kept.get(RECOVERY)
    used = [each.last_used_at for each in kept.values() if each.last_used_at]
    return Standing(
        asked=asked_of(person, on=on),
        since=device.created_at if device else None,
        last_used_at=max(used, default=None),
        recovery_codes_left=len(RecoveryCodes(recovery).get_unused_codes()) if recovery else 0,
    )


def check_may_set_up(person: Person, *, on: date) -> None:
    """Refuse where no role of the person lets it be set up, and where it is."""
    if asked_of(person, on=on) is SecondFactor.OFF:
        raise Refused(_("Your office does not use a second factor."))
    if is_set_up(person):
        raise Refused(_("Your second factor is set up already. Give it up first to set up another device."))


def check_may_lay_down(person: Person, *, on: date) -> None:
    """Refuse while a role of the person requires it, and where there is none."""
    check_is_set_up(person)
    if asked_of(person, on=on) is SecondFactor.REQUIRED:
        raise Refused(_("Your role requires a second factor. If you lost your device, ask your administrator."))


def check_is_set_up(person: Person) -> None:
    if not is_set_up(person):
        raise Refused(_("You have not set up a second factor."))


@transaction.atomic
def set_up(secret: str, code: str, *, true_time: datetime, by: Person, at: datetime) -> list[str]:
    """Set up one's own device, which shows that it holds the secret by a code. Answers the recovery codes, once.

    Codes follow the true time, which the moved clock of a demonstration (`at`) is not.
    """
    user = _locked(by)
    check_may_set_up(by, on=day_of(at))
    step = matching_step(secret, code, at=true_time)
    with all_at_once() as faults:
        if step is None:
            faults.add("code", _("This is not the code that your device shows now. Type the six digits it shows."))
    Authenticator.objects.create(user=user, type=DEVICE, data={"secret": encrypt(secret), "last_step": step})
    codes = _new_recovery_codes(user)
    _record("access.second_factor_set_up", by, by=by, at=at)
    return codes


@transaction.atomic
def make_recovery_codes(*, by: Person, at: datetime) -> list[str]:
    """Make ten new recovery codes in the place of those that were. They are answered once."""
    user = _locked(by)
    check_is_set_up(by)
    codes = _new_recovery_codes(user)
    _record("access.recovery_codes_made", by, by=by, at=at)
    return codes


@transaction.atomic
def lay_down(*, by: Person, at: datetime) -> None:
    """Give up one's own second factor, where no role requires it."""
    user = _locked(by)
    check_may_lay_down(by, on=day_of(at))
    Authenticator.objects.filter(user=user).delete()
    _record("access.second_factor_laid_down", by, by=by, at=at)


@transaction.atomic
def take_away(person: Person, because: str, *, by: Person, at: datetime) -> None:
    """Take a person's second factor away, for a reason such as a lost device. For administrators, and never their own.

    Where a role requires it, the person sets up another at the next sign-in.
    """
    check_may_take_away(person, by=by, at=at)
    with all_at_once() as faults:
        if not because.strip():
            faults.add("because", _("Say why, and how you made sure that it is this person who asks."))
    Authenticator.objects.filter(user=_locked(person)).delete()
    _record("access.second_factor_taken_away", person, by=by, at=at, because=because.strip())


def check_may_take_away(person: Person, *, by: Person, at: datetime) -> None:
    check_may_administer(by, person.agency, at=at)
    if person.pk == by.pk:
        raise Refused(_("Nobody takes away their own second factor here. Ask another administrator."))
    if not is_set_up(person):
        raise Refused(_("%(person)s has not set up a second factor.") % {"person": person})


@transaction.atomic
def accepted(user: User, code: str, *, true_time: datetime, at: datetime) -> Authenticator | None:
    """The device or the recovery codes that a code is of; None where it is of neither, or was used before.

    A code of the device is good once, also within its half minute.
    """
    kept = {each.type: each for each in Authenticator.objects.select_for_update().filter(user=user)}
    if (device := kept.get(DEVICE)) and _is_fresh(device, code, true_time=true_time):
        return device
    if (recovery := kept.get(RECOVERY)) and RecoveryCodes(recovery).validate_code(plain_code(code)):
        _record_recovery(user, at=at)
        return recovery
    return None


def _is_fresh(device: Authenticator, code: str, *, true_time: datetime) -> bool:
    step = matching_step(_secret_of(device), code, at=true_time)
    if step is None or step <= device.data.get("last_step", 0):
        return False
    device.data["last_step"], device.last_used_at = step, true_time
    device.save(update_fields=["data", "last_used_at"])
    return True


def _secret_of(device: Authenticator) -> str:
    try:
        return str(decrypt(device.data["secret"]))
    except Locked:
        raise Refused(
            _("The second factor cannot be read: the installation's passphrase has changed. Tell the administrator.")
        ) from None


def _new_recovery_codes(user: User) -> list[str]:
    Authenticator.objects.filter(user=user, type=RECOVERY).delete()
    codes: list[str] = RecoveryCodes.activate(user).get_unused_codes()
    return codes


def _locked(person: Person) -> User:
    return User.objects.select_for_update().get(person=person)


def _record_recovery(user: User, *, at: datetime) -> None:
    person = Person.objects.select_related("agency").filter(user=user).first()
    if person is not None:
        _record("access.recovery_code_used", person, by=person, at=at)


def _record(kind: str, about: Person, *, by: Person, at: datetime, **facts: object) -> None:
    record_of_agency(kind, about=about, agency=about.agency, by=by, at=at, **facts)
