"""What can be found only when the KPIs of an agreement are looked at together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from raprong.lib.kpi_quality.likeness import alike_pairs
from raprong.lib.kpi_quality.one import Remark, gravest_first, judged, shown
from raprong.lib.kpi_quality.settings import QualityRules
from raprong.lib.kpi_quality.shape import Finding, KpiSheet, Owner
from raprong.lib.scoring.rounding import half_up
from raprong.lib.scoring.scheme import Scheme

Remarks = Iterator[tuple[KpiSheet, Remark]]
LooksAtAll = Callable[["Table"], Remarks]


@dataclass(frozen=True)
class Table:
    """What lies before a rule: all KPIs, the scheme, the thresholds, and the place of the one that is asked about."""

    kpis: Sequence[KpiSheet]
    scheme: Scheme
    rules: QualityRules
    only: int | None = None


def findings_of_agreement(
    kpis: Sequence[KpiSheet], scheme: Scheme, rules: QualityRules, *, only: str | None = None
) -> list[Finding]:
    """What is found among the KPIs of a year, the gravest first; what is found in each by itself is not repeated.

    Of two KPIs that are nearly the same the later one is named, of an owner of too many those over the number. With
    ``only`` a code, just what is found in that KPI.
    """
    place = next((place for place, kpi in enumerate(kpis) if kpi.code == only), None)
    table = Table(kpis, scheme, rules, place)
    found = [
        finding
        for code, look in LOOKS_AT_ALL.items()
        for kpi, remark in look(table)
        if only in (None, kpi.code)
        for finding in judged(code, kpi, rules, iter((remark,)))
    ]
    return gravest_first(found)


def _nearly_the_same(table: Table) -> Remarks:
    """A part is not compared with the KPI that it is a part of, nor with the other parts of it."""
    kpis = table.kpis
    earlier: dict[int, list[tuple[KpiSheet, Fraction]]] = {}
    for one, other, share in alike_pairs([kpi.title for kpi in kpis], table.rules, only=table.only):
        if not _are_family(kpis[one], kpis[other]):
            earlier.setdefault(other, []).append((kpis[one], share))
    for place, twins in earlier.items():
        codes = ", ".join(twin.code for twin, _share in twins)
        nearest = max(twins, key=lambda held: held[1])
        per_cent = half_up(nearest[1] * 100, 0)
        yield (
            kpis[place],
            Remark(
                "title",
                f"It is nearly the same as KPI {codes} ({per_cent} % alike: “{nearest[0].title}”). Put them together, "
                "tell them apart in the name, or say why both are needed.",
                f"เกือบซ้ำกับตัวชี้วัด {codes} (เหมือนกันร้อยละ {per_cent}: “{nearest[0].title}”) "
                "ให้รวมกัน ตั้งชื่อให้ต่างกัน หรือระบุเหตุผลที่ต้องมีทั้งคู่",
                {"codes": codes, "title": kpis[place].title},
            ),
        )


def _are_family(one: KpiSheet, other: KpiSheet) -> bool:
    return one.part_of == other.code or other.part_of == one.code or bool(one.part_of and one.part_of == other.part_of)


def _too_much_weight(table: Table) -> Remarks:
    scheme, rules = table.scheme, table.rules
    for kpi in table.kpis:
        if kpi.weight is None or kpi.part_of:
            continue
        share = Fraction(kpi.weight) * 100 / Fraction(scheme.weight_base)
        if share > Fraction(rules.most_weight):
            given, most = shown(kpi.weight), shown(rules.most_weight)
            yield (
                kpi,
                Remark(
                    "weight",
                    f"It carries {given} of {shown(scheme.weight_base)}; one KPI carries at most {most} per cent. "
                    "Share the weight out, or say why so much hangs on it.",
                    f"มีน้ำหนัก {given} จาก {shown(scheme.weight_base)} เกินร้อยละ {most} ที่กำหนดต่อหนึ่งตัวชี้วัด "
                    "ให้เฉลี่ยน้ำหนัก หรือระบุเหตุผล",
                    {"weight": given},
                ),
            )


def _owner_of_too_many(table: Table) -> Remarks:
    duties: tuple[tuple[str, str, str, Callable[[KpiSheet], Owner | None]], ...] = (
        ("supervisor", "supervises", "กำกับดูแล", lambda kpi: kpi.supervisor),
        ("collector", "collects the data of", "จัดเก็บข้อมูล", lambda kpi: kpi.collector),
    )
    over: dict[str, tuple[KpiSheet, Remark]] = {}
    for name, words, words_th, owner_of in duties:
        held: dict[str, list[KpiSheet]] = {}
        for kpi in table.kpis:
            if kpi.selected and (owner := owner_of(kpi)) is not None:
                held.setdefault(owner.key, []).append(kpi)
        for mine in held.values():
            for kpi in mine[table.rules.most_kpis_of_one_owner :]:
                owner = owner_of(kpi)
                assert owner is not None, "it was put under its owner"
                over.setdefault(kpi.code, (kpi, _too_many(name, words, words_th, owner, len(mine), table.rules)))
    yield from over.values()


def _too_many(field: str, words: str, words_th: str, owner: Owner, count: int, rules: QualityRules) -> Remark:
    most = rules.most_kpis_of_one_owner
    return Remark(
        field,
        f"{owner.title} {words} {count} KPIs; more than {most} are too many for one post. Give some to another post, "
        "or say why.",
        f"{owner.title} {words_th} {count} ตัวชี้วัด ซึ่งเกิน {most} ตัวชี้วัดต่อหนึ่งตำแหน่ง ให้แบ่งแก่ตำแหน่งอื่น หรือระบุเหตุผล",
        {"owner": owner.key, "count": str(count)},
    )


LOOKS_AT_ALL: dict[str, LooksAtAll] = {
    "too-much-weight": _too_much_weight,
    "owner-of-too-many": _owner_of_too_many,
    "nearly-the-same": _nearly_the_same,
}
