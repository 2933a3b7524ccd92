"""While an agreement is open: approvers and observers, declining, naming another, reminding."""

from datetime import timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from raprong.access.rules import Refused
from raprong.agreements import actions, turns
from raprong.agreements.enums import Side, State
from raprong.agreements.models import Agreement, AgreementParty
from raprong.agreements.parties import NamedParty
from raprong.cli.sample.organisation import SampleAgency
from raprong.core.faults import Faults
from raprong.core.freshness import Stale
from raprong.documents import paper_in
from raprong.documents.agreement.shape import Agreement as AgreementPaper
from raprong.notifications.models import Notice
from raprong.organisation.models import Delegation, Person
from raprong.signatures.models import Signature
from raprong.signatures.queries import waiting_for
from tests.cast import NEW_YEAR
from tests.factories.agreements import SIGNING, open_for_signing, proof_of, sign_all
from tests.factories.papers import content_of


@pytest.fixture
def with_approver(drafted: Agreement, planner: Person, cast: SampleAgency) -> Agreement:
    """A head makes it, the director receives it; another head approves before, the planner observes."""
    posts = {key: cast.people[key] for key in ("director", "head1", "planning-head", "planner")}
    named = [
        NamedParty(Side.RECEIVER, posts["director"], "ผู้อำนวยการสำนักส่งเสริมอุตสาหกรรมทางการแพทย์ครบวงจร"),
        NamedParty(Side.MAKER, posts["head1"], "หัวหน้ากลุ่มที่ ๑"),
        NamedParty(Side.APPROVER, posts["planning-head"], "หัวหน้ากลุ่มแผนงานและสารสนเทศ"),
        NamedParty(Side.OBSERVER, posts["planner"], "นักวิเคราะห์"),
    ]
    ready = actions.name_parties(drafted, named, seen=None, by=planner, at=NEW_YEAR)
    return open_for_signing(ready, planner)


def party(agreement: Agreement, person: Person) -> AgreementParty:
    return agreement.parties.select_related("request__signature").get(person=person)


def sign(agreement: Agreement, person: Person) -> Agreement:
    return actions.sign(agreement, identity=proof_of(person), by=person, at=SIGNING)


def test_an_approver_comes_before_those_who_sign(with_approver: Agreement, cast: SampleAgency) -> None:
    approver, maker = cast.people["planning-head"], cast.people["head1"]
    with pytest.raises(Refused, match=approver.name):
        sign(with_approver, maker)

    sign(with_approver, approver)
    sign(with_approver, maker)
    signed = sign(with_approver, cast.people["director"])

    assert signed.state == State.IN_FORCE
    assert signed.sealed
    paper = paper_in(content_of(signed.sealed))
    assert isinstance(paper, AgreementPaper)
    assert [(each.name, each.act) for each in paper.approvers] == [(approver.name, "เห็นชอบเมื่อ")]
    assert paper.approvers[0].signed == SIGNING


def test_an_observer_sees_and_signs_nothing(with_approver: Agreement, planner: Person) -> None:
    assert party(with_approver, planner).request is None
    with pytest.raises(Refused):
        sign(with_approver, planner)
    with pytest.raises(Refused):
        turns.decline(with_approver, because="x", by=planner, at=SIGNING)


def test_the_turns_that_are_chosen_are_kept(drafted: Agreement, planner: Person, cast: SampleAgency) -> None:
    director, head = cast.people["director"], cast.people["head1"]
    named = [
        NamedParty(Side.RECEIVER, director, cast.positions["mip/head"].title, turn=1),
        NamedParty(Side.MAKER, head, "หัวหน้ากลุ่มที่ ๑", turn=2),
    ]

    opened = open_for_signing(actions.name_parties(drafted, named, seen=None, by=planner, at=NEW_YEAR), planner)

    assert waiting_for(director).exists()
    assert not waiting_for(head).exists()
    assert sign(sign(opened, director), head).state == State.IN_FORCE


def test_an_approver_is_given_no_later_turn_than_those_who_sign(
    drafted: Agreement, planner: Person, cast: SampleAgency
) -> None:
    named = [
        NamedParty(Side.RECEIVER, cast.people["director"], cast.positions["mip/head"].title, turn=1),
        NamedParty(Side.MAKER, cast.people["head1"], "หัวหน้ากลุ่มที่ ๑"),
        NamedParty(Side.APPROVER, cast.people["planning-head"], "หัวหน้ากลุ่มแผนงานและสารสนเทศ"),
    ]

    with pytest.raises(Faults) as refused:
        actions.name_parties(drafted, named, seen=None, by=planner, at=NEW_YEAR)

    assert [fault.field for fault in refused.value.faults] == ["parties.2"]


def test_declining_needs_a_reason_stops_everybody_and_is_told_to_all(
    opened: Agreement, cast: SampleAgency, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    head, other = cast.people["head1"], cast.people["head2"]
    sign(opened, other)
    with pytest.raises(Refused):
        turns.decline(opened, because=" ", by=head, at=SIGNING)

    with django_capture_on_commit_callbacks(execute=True):
        turns.decline(opened, because="น้ำหนักไม่ตรงกับที่ตกลง", by=head, at=SIGNING)

    told = set(Notice.objects.filter(kind="agreement.declined").values_list("person__name", flat=True))
    assert told == {cast.people[name].name for name in ("director", "head2", "planning-head", "planner")}
    assert party(opened, other).signed_at is not None
    with pytest.raises(Refused, match=head.name):
        sign(opened, cast.people["planning-head"])
    with pytest.raises(Refused):
        turns.decline(opened, because="อีกครั้ง", by=head, at=SIGNING)


def test_after_a_decline_the_agreement_goes_back_and_opens_again(
    opened: Agreement, cast: SampleAgency, planner: Person
) -> None:
    turns.decline(opened, because="ผิด", by=cast.people["head1"], at=SIGNING)

    returned = actions.send_back(opened, because="แก้ตามที่ทักท้วง", by=planner, at=SIGNING)
    again = actions.open_signing(returned, seen=None, by=planner, at=SIGNING)

    assert sign_all(again).state == State.IN_FORCE


def test_another_on_the_paper_is_printed_and_all_sign_anew(
    opened: Agreement, cast: SampleAgency, planner: Person
) -> None:
    director, substitute, head = (cast.people[name] for name in ("director", "staff", "head1"))
    sign(opened, head)
    Delegation.objects.create(
        position=cast.positions["mip/head"], person=substitute, authority="acting", order_number="9/2570",
        starts_on=opened.signing_on, ends_on=opened.signing_on,
    )  # fmt: skip
    post = cast.people["staff"].appointments.get().position.title
    words = f"รักษาราชการแทน{cast.positions['mip/head'].title} ตามคำสั่งที่ 9/2570"
    first_paper = opened.paper

    changed = turns.name_another(
        opened, party(opened, director), turns.Substitute(substitute, post, words), seen=None, by=planner, at=SIGNING
    )

    assert changed.paper != first_paper
    assert words in str(changed.content)
    assert waiting_for(head).count() == 1
    assert Signature.objects.filter(signed_by=head).count() == 1
    assert sign_all(changed).state == State.IN_FORCE


def test_another_approver_is_named_on_a_paper_printed_anew(
    with_approver: Agreement, cast: SampleAgency, planner: Person
) -> None:
    first, second = cast.people["planning-head"], cast.people["head2"]
    turns.decline(with_approver, because="ไม่อยู่ในหน้าที่", by=first, at=SIGNING)

    changed = turns.name_another(
        with_approver, party(with_approver, first), turns.Substitute(second, "หัวหน้ากลุ่มที่ ๒"),
        seen=None, by=planner, at=SIGNING,
    )  # fmt: skip

    assert changed.paper
    assert [each["name"] for each in changed.content["approvers"]] == [second.name]
    assert waiting_for(second).exists()
    assert sign_all(changed).state == State.IN_FORCE


def test_a_substitute_without_the_post_is_refused_in_words(
    opened: Agreement, cast: SampleAgency, planner: Person
) -> None:
    place = party(opened, cast.people["head1"])
    substitute = turns.Substitute(cast.people["staff"], "หัวหน้ากลุ่มที่ ๑")

    with pytest.raises(Refused, match="หัวหน้ากลุ่มที่ ๑"):
        turns.name_another(opened, place, substitute, seen=None, by=planner, at=SIGNING)
    with pytest.raises(Stale):
        turns.name_another(opened, place, substitute, seen=opened.version - 1, by=planner, at=SIGNING)
    with pytest.raises(Refused):
        turns.name_another(opened, place, substitute, seen=None, by=cast.people["staff"], at=SIGNING)

    place.refresh_from_db()
    assert place.person == cast.people["head1"]


def test_who_signed_is_not_replaced(opened: Agreement, cast: SampleAgency, planner: Person) -> None:
    head = cast.people["head1"]
    sign(opened, head)

    with pytest.raises(Refused, match=head.name):
        turns.name_another(
            opened, party(opened, head), turns.Substitute(planner, "x"), seen=None, by=planner, at=SIGNING
        )


def test_reminding_reaches_those_whose_turn_it_is_and_then_rests(
    opened: Agreement,
    cast: SampleAgency,
    planner: Person,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    sign(opened, cast.people["head1"])
    with pytest.raises(Refused, match="4"):
        turns.remind(opened, by=planner, at=NEW_YEAR + timedelta(hours=3))

    with django_capture_on_commit_callbacks(execute=True):
        turns.remind(opened, by=planner, at=SIGNING)

    told = set(Notice.objects.filter(kind="agreement.reminder").values_list("person__name", flat=True))
    assert told == {cast.people["head2"].name, cast.people["planning-head"].name}
    with pytest.raises(Refused):
        turns.remind(opened, by=planner, at=SIGNING + timedelta(hours=1))
    with pytest.raises(Refused):
        turns.remind(opened, by=cast.people["staff"], at=SIGNING + timedelta(days=1))
