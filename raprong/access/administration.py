"""Setting an agency up: its units, posts, people and accounts. For those who may administer it.

These verbs write the organisation's tables; they stand here because who may call them is a matter of access, and the
organisation knows nothing about that.
"""

import secrets
from datetime import date, datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from raprong.access.models import RoleGrant
from raprong.access.permissions import check_holds_in_agency
from raprong.access.roles import roles_that_hold
from raprong.access.rules import Refused
from raprong.audit.actions import record
from raprong.core.clock import day_of
from raprong.core.faults import FaultList, all_at_once
from raprong.core.models import ALPHABET, PublicIdModel, new_public_id
from raprong.lib.thai.fiscal_year import FiscalYear
from raprong.organisation.enums import UnitKind
from raprong.organisation.models import Agency, Appointment, Person, Position, Unit, User

ADMINISTER = "organisation.administer"
FIRST_AGENCY = "agency"  # one code for whoever comes first, so that the database refuses a second
TEMPORARY_LETTERS = 14


@transaction.atomic
def found(*, agency: str, name: str, username: str, password: str, at: datetime) -> Person:
    """Found the installation: its agency and its first administrator. Possible once, while there is no account."""
    if User.objects.exists():
        raise Refused(_("This installation has an administrator already. Sign in."))
    user = User(username=username.strip())
    with all_at_once() as faults:
        _check_filled(faults, agency=agency, name=name, username=username)
        _check_password(faults, password, user)
    try:
        with transaction.atomic():
            founded = Agency.objects.create(code=FIRST_AGENCY, name=agency.strip())
    except IntegrityError:
        raise Refused(_("This installation has an administrator already. Sign in.")) from None
    user.set_password(password)
    user.save()
    person = Person.objects.create(user=user, agency=founded, name=name.strip())
    for role in roles_that_hold(ADMINISTER):
        RoleGrant.objects.create(person=person, role=role, agency=founded, unit=None, starts_on=day_of(at))
    record_of_agency("organisation.founded", about=founded, agency=founded, by=person, at=at)
    return person


@transaction.atomic
def add_unit(
    agency: Agency,
    *,
    name: str,
    name_en: str = "",
    short_name: str = "",
    letter_code: str = "",
    parent: Unit | None = None,
    by: Person,
    at: datetime,
) -> Unit:
    """Add a unit to an agency or, under `parent`, a group to a unit. Groups hold no groups."""
    check_may_administer(by, agency, at=at)
    with all_at_once() as faults:
        _check_filled(faults, name=name)
        if parent is not None and (parent.agency_id != agency.pk or parent.kind != UnitKind.OFFICE):
            faults.add("parent", _("A group lies in a unit of its own agency."))
        if agency.units.filter(parent=parent, name=name.strip()).exists():
            faults.add("name", _("There is one of this name already."))
    code = new_public_id()
    unit = Unit.objects.create(
        public_id=code,
        code=code,
        agency=agency,
        parent=parent,
        kind=UnitKind.GROUP if parent else UnitKind.OFFICE,
        name=name.strip(),
        name_en=name_en.strip(),
        short_name=short_name.strip(),
        letter_code=letter_code.strip(),
        order=agency.units.filter(parent=parent).count() + 1,
    )
    record_of_agency("organisation.unit_added", about=unit, agency=agency, by=by, at=at, parent=str(parent or ""))
    return unit


@transaction.atomic
def add_position(
    unit: Unit, *, title: str, title_en: str = "", heads_unit: bool = False, by: Person, at: datetime
) -> Position:
    """Add a post to a unit or group. A unit has one head's post."""
    check_may_administer(by, unit.agency, at=at)
    with all_at_once() as faults:
        _check_filled(faults, title=title)
        if heads_unit and unit.positions.filter(heads_unit=True).exists():
            faults.add("heads_unit", _("%(unit)s has a head's post already.") % {"unit": unit})
    position = Position.objects.create(unit=unit, title=title.strip(), title_en=title_en.strip(), heads_unit=heads_unit)
    record_of_agency("organisation.post_added", about=position, agency=unit.agency, by=by, at=at, unit=unit.name)
    return position


@transaction.atomic
def add_person(agency: Agency, *, name: str, username: str, by: Person, at: datetime) -> tuple[Person, str]:
    """Add a person with an account. Answers the temporary password too; it is kept nowhere, and opens only the page
    on which its owner chooses another."""
    check_may_administer(by, agency, at=at)
    with all_at_once() as faults:
        _check_filled(faults, name=name, username=username)
        if User.objects.filter(username__iexact=username.strip()).exists():
            faults.add("username", _("Somebody has this user name already. Choose another."))
    password = temporary_password()
    user = User(username=username.strip(), password_is_temporary=True)
    user.set_password(password)
    user.save()
    person = Person.objects.create(user=user, agency=agency, name=name.strip())
    record_of_agency("organisation.person_added", about=person, agency=agency, by=by, at=at, username=user.username)
    return person, password


@transaction.atomic
def give_new_password(person: Person, *, by: Person, at: datetime) -> str:
    """Replace a forgotten password by a temporary one, which is answered and kept nowhere."""
    check_may_administer(by, person.agency, at=at)
    if person.user is None:
        raise Refused(_("%(person)s has no account.") % {"person": person})
    password = temporary_password()
    person.user.set_password(password)
    person.user.password_is_temporary = True
    person.user.save(update_fields=["password", "password_is_temporary"])
    record_of_agency("organisation.password_replaced", about=person, agency=person.agency, by=by, at=at)
    return password


@transaction.atomic
def give_address(person: Person, email: str, *, by: Person, at: datetime) -> User:
    """Give an account its e-mail address, with which its owner can also sign in; empty takes it away.

    An address belongs to one account. The trail tells that it changed and not what it is.
    """
    check_may_administer(by, person.agency, at=at)
    if person.user is None:
        raise Refused(_("%(person)s has no account.") % {"person": person})
    email = email.strip()
    with all_at_once() as faults:
        if email and User.objects.filter(email__iexact=email).exclude(pk=person.user.pk).exists():
            faults.add("email", _("Another account has this e-mail address. Enter one that is this person's alone."))
    person.user.email = email
    person.user.save(update_fields=["email"])
    record_of_agency("organisation.address_given", about=person, agency=person.agency, by=by, at=at)
    return person.user


@transaction.atomic
def appoint(person: Person, position: Position, *, starts_on: date, by: Person, at: datetime) -> Appointment:
    """Let a person hold a post from a day on. A head's post is held by one at a time."""
    position = Position.objects.select_for_update(of=("self",)).select_related("unit").get(pk=position.pk)
    check_may_administer(by, position.unit.agency, at=at)
    with all_at_once() as faults:
        if person.agency_id != position.unit.agency_id:
            faults.add("position", _("%(person)s works for another agency.") % {"person": person})
        held = Appointment.objects.in_force(starts_on).filter(position=position)
        if held.filter(person=person).exists():
            faults.add("position", _("%(person)s holds this post already.") % {"person": person})
        elif position.heads_unit and (holder := held.select_related("person").first()):
            words = {"person": holder.person}
            faults.add("position", _("%(person)s holds this post on that day. End that first.") % words)
    made = Appointment.objects.create(person=person, position=position, starts_on=starts_on)
    said = {"post": position.title, "unit": position.unit.name}
    record_of_agency("organisation.appointed", about=person, agency=position.unit.agency, by=by, at=at, **said)
    return made


@transaction.atomic
def end_appointment(appointment: Appointment, *, on: date, by: Person, at: datetime) -> Appointment:
    """Let a person hold a post until a day."""
    appointment = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
    agency = appointment.person.agency
    check_may_administer(by, agency, at=at)
    if on < appointment.starts_on:
        raise Refused(_("A post cannot end before it starts."))
    appointment.ends_on = on
    appointment.save(update_fields=["ends_on"])
    post = appointment.position.title
    record_of_agency(
        "organisation.appointment_ended", about=appointment.person, agency=agency, by=by, at=at, post=post, on=on
    )
    return appointment


def check_may_administer(person: Person, agency: Agency, *, at: datetime) -> None:
    """Refuse everybody but those who administer this agency."""
    check_holds_in_agency(person, ADMINISTER, agency, on=day_of(at))


def temporary_password() -> str:
    """Fourteen letters that are read aloud without doubt, about 67 bits."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(TEMPORARY_LETTERS))


def _check_filled(faults: FaultList, **texts: str) -> None:
    for field, text in texts.items():
        if not text.strip():
            faults.add(field, _("Fill this in."))


def _check_password(faults: FaultList, password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        for sentence in error.messages:
            faults.add("password", sentence)


def record_of_agency(
    kind: str, *, about: PublicIdModel, agency: Agency, by: Person, at: datetime, **facts: object
) -> None:
    """The agency's own affairs hang on the agency's chain."""
    year = FiscalYear.of(day_of(at)).be
    record(kind, about=about, by=by, at=at, place=agency, fiscal_year=year, **facts)
