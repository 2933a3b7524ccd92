"""A certificate that ends waits for the administrators until a later one is there."""

from datetime import UTC, datetime, timedelta

from raprong.cli.sample.organisation import SampleAgency
from raprong.seals import actions
from raprong.web.home.desk import Desk
from raprong.web.seals.waiting import endings
from tests.factories.certificates import authority, issue

END = datetime(2027, 3, 31, 10, tzinfo=UTC)
SOON, LONG_BEFORE = END - timedelta(days=40), END - timedelta(days=100)
PASSWORD = "the seal's own passwörd"


def test_a_certificate_that_ends_waits_until_a_later_one_is_there(cast: SampleAgency) -> None:
    root, admin = authority("National test authority"), cast.people["admin"]
    known = {"unit": None, "password": PASSWORD, "by": admin, "at": LONG_BEFORE}
    ends = issue(root, "Seal that ends", until=END)
    actions.install(cast.agency, pkcs12=ends.pkcs12(PASSWORD), in_force_from=LONG_BEFORE.date(), **known)

    [ending] = endings(Desk(admin, SOON))
    nobody = [*endings(Desk(admin, LONG_BEFORE)), *endings(Desk(cast.people["planner"], SOON))]
    follows = issue(root, "Seal that follows")
    actions.install(cast.agency, pkcs12=follows.pkcs12(PASSWORD), in_force_from=END.date(), **known)

    assert ending.due_on == END.date()
    assert nobody == list(endings(Desk(admin, SOON))) == []
