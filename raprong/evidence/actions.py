from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from typing import IO, Any

from django.db import transaction
from django.db.models import Max, Q

from raprong.audit.actions import record
from raprong.core.freshness import check_fresh
from raprong.evidence import permissions, policies
from raprong.evidence.facts import Facts, Proves
from raprong.evidence.models import EVERY_ROUND, Credit, Evidence, Folder
from raprong.evidence.numbers import next_number, written_number
from raprong.files import actions as files
from raprong.files import links
from raprong.files.incoming import Arrived
from raprong.files.links import Copy
from raprong.kpis.models import KpiYear
from raprong.organisation.models import Person
from raprong.processes.models import Run


@transaction.atomic
def hand_in(
    content: IO[bytes] | Arrived,
    name: str,
    *,
    proves: Proves,
    facts: Facts | None = None,
    by: Person,
    at: datetime,
) -> Credit:
    """Take a file in as evidence of a KPI, under the next number of its step. Without a title its name is the title.

    Refused: a kind of file nobody may hand in (told by its content), one that is too large, and, with
    `policies.AlreadyHere`, one that proves something already: it can be credited. A file that was cut short on its way
    leaves nothing. One whose credits were all withdrawn is taken up again as it was.
    """
    permissions.check_may_credit(by, [proves], at=at)
    file = files.take_in(content, name, unit=proves.kpi.group, by=by, at=at)
    said = facts or Facts()
    titled = replace(said, title=said.title.strip() or PurePath(file.name).stem)
    return _take_up(Evidence(file=file), file.sha256, titled, proves, by=by, at=at)


@transaction.atomic
def hand_in_link(copy: Copy, *, proves: Proves, facts: Facts | None = None, by: Person, at: datetime) -> Credit:
    """Take in what stood at an address when it was given (`files.links.copy_of`), as evidence of a KPI.

    What stands there is looked at again from week to week for as long as it proves something. Refused like a file.
    """
    permissions.check_may_credit(by, [proves], at=at)
    link = links.keep(copy, unit=proves.kpi.group, by=by, at=at)
    said = facts or Facts()
    titled = replace(said, title=said.title.strip() or link.title)
    return _take_up(Evidence(file=link.file, link=link), link.fingerprint, titled, proves, by=by, at=at)


def _take_up(fresh: Evidence, fingerprint: str, facts: Facts, proves: Proves, *, by: Person, at: datetime) -> Credit:
    """Credit what came in, or what is here with the same fingerprint and proves nothing."""
    _touch(proves)
    evidence = _known(fingerprint, fresh.file.name, proves) or _begin(fresh, facts, proves, by=by, at=at)
    credit = _credit(evidence, proves, by=by, at=at)
    if fresh.link is not None and evidence != fresh:
        links.stop_watching(fresh.link)  # the one that is taken up again is watched

    file = evidence.file
    record(
        "evidence.handed_in", about=evidence, **_place(proves.kpi), by=by, at=at, **_told(credit), sha256=file.sha256
    )
    return credit


@transaction.atomic
def credit(evidence: Evidence, proves: Sequence[Proves], *, by: Person, at: datetime) -> list[Credit]:
    """Let evidence that is here prove more KPIs, all of them or none. Nothing is stored a second time.

    Refused where it proves one of them in that round already, and where the report of the round is submitted.
    """
    permissions.check_may_credit(by, proves, at=at)
    given = []
    for target in sorted(proves, key=lambda one: (one.months, one.kpi.pk)):
        _touch(target)
        policies.check_is_new_to(evidence, target.kpi, target.months)
        given.append(_credit(evidence, target, by=by, at=at))

    for one in given:
        record("evidence.credited", about=evidence, **_place(one.kpi), by=by, at=at, **_told(one))
    return given


@transaction.atomic
def withdraw(credit: Credit, *, by: Person, at: datetime) -> Credit:
    """Take evidence off a KPI before the report is submitted. Its number is not given out again; other credits stay."""
    credit = _locked(credit)
    permissions.check_may_withdraw(by, credit, at=at)

    _end(credit, by=by, at=at)

    record("evidence.withdrawn", about=credit.evidence, **_place(credit.kpi), by=by, at=at, **_told(credit))
    return credit


@transaction.atomic
def move(credit: Credit, *, months: int, step: int, by: Person, at: datetime) -> Credit:
    """Let evidence prove another step or level of its KPI, or count in another round: under a new number."""
    credit = _locked(credit)
    permissions.check_may_withdraw(by, credit, at=at)
    target = Proves(credit.kpi, months, step)
    permissions.check_may_credit(by, [target], at=at)
    if (credit.months, credit.step) == (months, step):
        return credit

    _end(credit, by=by, at=at)
    _touch(target)
    policies.check_is_new_to(credit.evidence, target.kpi, months)
    moved = _credit(credit.evidence, target, by=by, at=at)

    before, after = _told(credit), _told(moved)
    record("evidence.moved", about=credit.evidence, **_place(credit.kpi), by=by, at=at, before=before, after=after)
    return moved


@transaction.atomic
def change(evidence: Evidence, facts: Facts, *, seen: int | None, by: Person, at: datetime) -> Evidence:
    """Say anew what a piece of evidence is, until a report is submitted with it.

    Refused with everything that is wrong at once; so is what somebody else changed after the person had opened it.
    """
    evidence = Evidence.objects.select_for_update(of=("self",)).select_related("run__unit", "file").get(pk=evidence.pk)
    permissions.check_may_change(by, evidence, at=at)
    check_fresh(evidence, seen)
    before, after = Facts.of(evidence).as_data(), policies.checked_facts(facts).as_data()
    changed = {name: [before[name], said] for name, said in after.items() if before[name] != said}
    if not changed:
        return evidence

    for name in changed:
        setattr(evidence, name, after[name])
    evidence.version += 1
    evidence.save(update_fields=[*changed, "version"])
    for credit in evidence.credits.standing().select_related("kpi__framework__run"):
        _touch(Proves(credit.kpi, credit.months))

    run = evidence.run
    record(
        "evidence.changed", about=evidence, place=run.unit, fiscal_year=run.fiscal_year, by=by, at=at, changed=changed
    )
    return evidence


@transaction.atomic
def close_folder(run: Run, months: int, *, by: Person, at: datetime) -> None:
    """Close the evidence of a round: what counts in it no longer changes. For the verb that submits its report, which
    asks who may; it closes before it reads, so that nothing comes in between.
    """
    lock_folder(run, EVERY_ROUND)
    folder = lock_folder(run, months)
    last = Credit.objects.filter(kpi__framework__run=run, months=EVERY_ROUND).aggregate(last=Max("pk"))["last"]
    folder.closed_at, folder.closed_by, folder.closed_after = at, by, last or 0
    folder.save(update_fields=["closed_at", "closed_by", "closed_after"])


def lock_folder(run: Run, months: int) -> Folder:
    """The folder of a round, made on first need, locked until the commit."""
    folder, _made = Folder.objects.get_or_create(run=run, months=months)
    return Folder.objects.select_for_update(of=("self",)).get(pk=folder.pk)


def _known(fingerprint: str, name: str, proves: Proves) -> Evidence | None:
    """Evidence of the unit with the same content: refused where it proves something, taken up again where nothing."""
    run = proves.kpi.framework.run
    same = Q(file__sha256=fingerprint) | Q(link__fingerprint=fingerprint)
    twins = Evidence.objects.filter(same, run__unit=run.unit_id).select_related("file", "link").order_by("pk")
    for twin in twins:
        policies.check_is_new_to(twin, proves.kpi, proves.months)
        policies.check_stands_nowhere(twin, name)
    return next((twin for twin in twins if twin.run_id == run.pk), None)


def _begin(fresh: Evidence, facts: Facts, proves: Proves, *, by: Person, at: datetime) -> Evidence:
    for name, said in policies.checked_facts(facts).as_data().items():
        setattr(fresh, name, said)
    fresh.run, fresh.added_at, fresh.added_by = proves.kpi.framework.run, at, by
    fresh.save()
    return fresh


def _credit(evidence: Evidence, proves: Proves, *, by: Person, at: datetime) -> Credit:
    KpiYear.objects.select_for_update(of=("self",)).get(pk=proves.kpi.pk)  # numbers are given out one at a time
    if evidence.link is not None:
        links.watch_again(evidence.link)
    return Credit.objects.create(
        evidence=evidence,
        kpi=proves.kpi,
        months=proves.months,
        step=proves.step,
        number=next_number(proves.kpi, proves.step),
        credited_at=at,
        credited_by=by,
    )


def _end(credit: Credit, *, by: Person, at: datetime) -> None:
    _touch(Proves(credit.kpi, credit.months))
    credit.withdrawn_at, credit.withdrawn_by = at, by
    credit.save(update_fields=["withdrawn_at", "withdrawn_by"])
    link = credit.evidence.link
    if (
        link is not None
        and not link.evidence.filter(credits__withdrawn_at__isnull=True, credits__isnull=False).exists()
    ):
        links.stop_watching(link)


def _locked(credit: Credit) -> Credit:
    """The folder is locked before what is in it, so that withdrawing and submitting never wait for each other."""
    lock_folder(credit.kpi.framework.run, credit.months)
    locked = (
        Credit.objects.select_for_update(of=("self",))
        .defer("kpi__framework__run__sop__content")
        .select_related(
            "evidence__file",
            "evidence__link",
            "kpi__group__parent",
            "kpi__framework__run__unit",
            "kpi__framework__run__sop",
        )
    )
    return locked.get(pk=credit.pk)


def _touch(proves: Proves) -> None:
    """Lock the folder of a round and count the change: what was read of it before is stale."""
    folder = lock_folder(proves.kpi.framework.run, proves.months)
    if folder.closed_at is not None:
        policies.check_can_credit(proves.kpi, proves.months, proves.step)
    folder.version += 1
    folder.save(update_fields=["version"])


def _told(credit: Credit) -> dict[str, Any]:
    """What the trail says of a credit."""
    written = written_number(credit)
    return {"kpi": credit.kpi.code, "number": written, "months": credit.months, "step": credit.step}


def _place(kpi: KpiYear) -> dict[str, Any]:
    """On which chain of the trail it is written down."""
    run = kpi.framework.run
    return {"place": run.unit, "fiscal_year": run.fiscal_year}
