"""Reading a document to score: its scheme, KPIs with their parts, adjustments and given points, or every fault."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from raprong.lib.scoring.card import Adjusted, Status
from raprong.lib.scoring.criteria import Criteria, Kind
from raprong.lib.scoring.document_criteria import read_criteria, read_old_criteria, read_old_kind, read_result
from raprong.lib.scoring.document_faults import Faults, clipped, is_list
from raprong.lib.scoring.rollup import MeasuredKpi, tree_faults
from raprong.lib.scoring.scheme import On, Scheme, scheme_faults, scheme_from_data

_NEW_IN_DOCUMENT = {"adjustments", "months", "given"}
_NEW_IN_KPI = {"criteria", "status", "parts", "parent", "overridden", "because", "months"}
_NEW_IN_SCHEME = {"levels", "cap", "statuses", "share_inside_parent", "rules", "parts", "confirmed"}
_RESULTLESS = (Status.NOT_REPORTED, Status.MISSING)
MOST_KPIS = 100_000
_MOST_DEEP = 8  # parts inside parts


@dataclass(frozen=True)
class ReadDocument:
    """A document that can be scored. ``grown`` tells that it uses what the first format did not have."""

    scheme: Scheme
    kpis: tuple[MeasuredKpi, ...]
    adjustments: tuple[Adjusted, ...]
    given: Mapping[str, Decimal]
    grown: bool


@dataclass(frozen=True)
class _Entry:
    """A KPI as it is written, where it stands, and the KPI it stands inside."""

    path: str
    written: Any
    inside: str = ""


class Reading:
    """One reading of a document. What cannot be read is left out, and ``faults`` tell why."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.grown = False

    def document(self, written: Mapping[str, Any], scheme: Scheme | None) -> ReadDocument:
        """Everything in a document; usable only while there are no faults."""
        self.grown = bool(_NEW_IN_DOCUMENT & written.keys())
        used = scheme or self.scheme(written.get("scheme", {}))
        months = self.round("months", written.get("months"))
        kpis = self.kpis(written.get("kpis"), months)
        rules = used or Scheme()
        adjustments = self.adjustments(written.get("adjustments"), rules, {kpi.code for kpi in kpis}, used is not None)
        given = self.given(written.get("given"), rules, used is not None)
        return ReadDocument(rules, tuple(kpis), tuple(adjustments), given, self.grown)

    def scheme(self, written: Any) -> Scheme | None:
        found = scheme_faults(written)
        for fault in found:
            self.faults.add(".".join(filter(None, ["scheme", fault.path])), fault.sentence)
        if found:
            return None
        self.grown |= bool(_NEW_IN_SCHEME & written.keys())
        return scheme_from_data(written)

    # KPIs

    def kpis(self, written: Any, months: int | None) -> list[MeasuredKpi]:
        if not is_list(written) or not written:
            self.faults.add("kpis", "Give a list with at least one KPI.")
            return []
        if len(written) > MOST_KPIS:
            self.faults.add("kpis", f"There are more than {MOST_KPIS:,} KPIs here. Send them in parts.")
            return []
        entries = [found for i, entry in enumerate(written) for found in self.flat(f"kpis[{i}]", entry)]
        holding = {entry.inside or _parent_of(entry) for entry in entries} - {""}
        read = [(entry.path, self.kpi(entry, months, holding)) for entry in entries]
        self.repeated_codes(entries)
        all_there = self.parents_there(entries)
        found = [(path, kpi) for path, kpi in read if kpi is not None]
        if len(found) == len(read) and all_there:
            self.tree(found)
        return [kpi for _path, kpi in found]

    def flat(self, path: str, written: Any, inside: str = "", depth: int = 0) -> Iterator[_Entry]:
        """A KPI and the parts written inside it, and inside these."""
        yield _Entry(path, written, inside)
        parts = written.get("parts") if isinstance(written, Mapping) else None
        if parts is None:
            return
        if not is_list(parts) or depth >= _MOST_DEEP:
            self.faults.add(f"{path}.parts", f"Give a list of KPIs here, at most {_MOST_DEEP} deep.")
            return
        for i, part in enumerate(parts):
            yield from self.flat(f"{path}.parts[{i}]", part, _code_of(written), depth + 1)

    def kpi(self, entry: _Entry, months: int | None, holding: set[str]) -> MeasuredKpi | None:
        path, written = entry.path, entry.written
        if not isinstance(written, Mapping):
            self.faults.add(path, "A KPI is an object with `code`, `weight`, `levels` and `result`.")
            return None
        before = len(self.faults.found)
        self.grown |= bool(_NEW_IN_KPI & written.keys())
        status = self.status(f"{path}.status", written.get("status"))
        overridden = self.optional_number(f"{path}.overridden", written.get("overridden"))
        needless = overridden is not None or status not in (None, Status.REPORTED) or _code_of(written) in holding
        old = "criteria" not in written and ("levels" in written or not needless)
        kind = read_old_kind(f"{path}.kind", written.get("kind"), self.faults) if old else None
        code = self.code(path, written.get("code"))
        weight = self.weight(f"{path}.weight", written.get("weight"))
        criteria = self.criteria(path, written, kind)
        kpi = MeasuredKpi(
            code,
            weight,
            criteria,
            self.result(path, written.get("result"), criteria, status),
            self.round(f"{path}.months", written.get("months")) or months,
            status,
            self.parent(path, written, entry.inside),
            overridden,
            self.faults.text(f"{path}.because", written.get("because")),
        )
        if kpi.status is Status.REPORTED and kpi.result is None and _code_of(written) not in holding:
            self.missing_result(path, written, overridden)
        return kpi if len(self.faults.found) == before else None

    def missing_result(self, path: str, written: Mapping[str, Any], overridden: Decimal | None) -> None:
        if written.get("result") is None and overridden is None:
            self.faults.add(f"{path}.result", "A reported KPI has a result. Give it, or another status.")

    def code(self, path: str, written: Any) -> str:
        if isinstance(written, str) and written.strip():
            return written
        self.faults.add(f"{path}.code", 'Give the KPI a code, in quotation marks, for example "1.1".')
        return ""

    def weight(self, path: str, written: Any) -> Decimal:
        if written is None:
            self.faults.add(path, "The weight is missing. Write a number, 0 or more.")
            return Decimal(0)
        weight = self.faults.number(path, written)
        if weight is not None and weight < 0:
            self.faults.add(path, f"A weight is 0 or more, not {weight:f}.")
        return weight or Decimal(0)

    def criteria(self, path: str, written: Mapping[str, Any], old_kind: Kind | None) -> Criteria | None:
        if old_kind is not None:
            return read_old_criteria(f"{path}.levels", written.get("levels"), old_kind, self.faults)
        return read_criteria(f"{path}.criteria", written["criteria"], self.faults) if "criteria" in written else None

    def result(self, path: str, written: Any, criteria: Criteria | None, status: Status | None) -> Decimal | None:
        if written is None:
            return None
        if status in _RESULTLESS:
            self.faults.add(f"{path}.result", f"A result stands beside the status {status}. Take one of the two out.")
            return None
        return read_result(f"{path}.result", written, criteria, self.faults)

    def status(self, path: str, written: Any) -> Status | None:
        if written is None:
            return None
        if isinstance(written, str) and written in list(Status):
            return Status(written)
        self.faults.add(path, f"The status is one of {', '.join(Status)}, not {clipped(repr(written))}.")
        return None

    def parent(self, path: str, written: Mapping[str, Any], inside: str) -> str:
        named = self.faults.text(f"{path}.parent", written.get("parent"))
        if named and inside and named != inside:
            self.faults.add(f"{path}.parent", f"This part stands inside {inside}. Take the other parent out.")
        return inside or named

    def optional_number(self, path: str, written: Any) -> Decimal | None:
        number = None if written is None else self.faults.number(path, written)
        if number is not None and number < 0:
            self.faults.add(path, f"A score is 0 or more, not {number:f}.")
        return number

    def round(self, path: str, written: Any) -> int | None:
        return None if written is None else self.faults.months(path, written)

    def repeated_codes(self, entries: list[_Entry]) -> None:
        first_at: dict[str, str] = {}
        for entry in entries:
            code = _code_of(entry.written)
            if not code:
                continue
            if code in first_at:
                self.faults.add(
                    f"{entry.path}.code", f"Code {code} is already used by {first_at[code]}. Give each its own."
                )
            first_at.setdefault(code, entry.path)

    def parents_there(self, entries: list[_Entry]) -> bool:
        before = len(self.faults.found)
        codes = {_code_of(entry.written) for entry in entries}
        for entry in entries:
            parent = entry.inside or _parent_of(entry)
            if parent and parent not in codes:
                self.faults.add(
                    f"{entry.path}.parent", f"There is no KPI {clipped(parent)}. Add it, or take it out here."
                )
        return len(self.faults.found) == before

    def tree(self, found: list[tuple[str, MeasuredKpi]]) -> None:
        """What is wrong among KPIs that are each right by themselves."""
        kpis = [kpi for _path, kpi in found]
        for number, sentence in tree_faults(kpis):
            self.faults.add(f"{found[number][0]}.parent" if kpis[number].parent else found[number][0], sentence)
        tops = [kpi for kpi in kpis if not kpi.parent]
        if tops and not any(kpi.weight for kpi in tops):
            self.faults.add("kpis", "The weights add up to 0. Give at least one KPI a weight above 0.")

    # Adjustments, and the other parts of a final score

    def adjustments(self, written: Any, scheme: Scheme, codes: set[str], known: bool) -> Iterator[Adjusted]:
        if written is None:
            return
        if not is_list(written) or not all(isinstance(entry, Mapping) for entry in written):
            self.faults.add(
                "adjustments", "Give a list of objects, each with a `rule`, and a `kpi` where it works on one."
            )
            return
        for i, entry in enumerate(written):
            path = f"adjustments[{i}]"
            code = self.faults.text(f"{path}.kpi", entry.get("kpi")) or None
            rule = self.faults.text(f"{path}.rule", entry.get("rule"))
            because = self.faults.text(f"{path}.because", entry.get("because"))
            adjusted = Adjusted(rule, code, self.count(f"{path}.count", entry.get("count", 1)), because)
            if known:
                self.check(path, adjusted, scheme, codes)
            yield adjusted

    def count(self, path: str, written: Any) -> int:
        count = self.faults.number(path, written)
        if count is not None and (count % 1 or not 1 <= count <= 1000):
            self.faults.add(path, f"A rule applies a whole number of times, 1 to 1000, not {count:f}.")
            return 1
        return int(count or 1)

    def check(self, path: str, adjusted: Adjusted, scheme: Scheme, codes: set[str]) -> None:
        rule = next((rule for rule in scheme.rules if rule.code == adjusted.rule), None)
        if rule is None:
            named = ", ".join(rule.code for rule in scheme.rules) or "none"
            self.faults.add(f"{path}.rule", f"The scheme has no rule {adjusted.rule!r}; its rules: {named}.")
        elif rule.on is On.TOTAL and adjusted.kpi is not None:
            self.faults.add(f"{path}.kpi", f"Rule {rule.code} works on the total. Take the KPI out.")
        elif rule.on is On.KPI and adjusted.kpi not in codes:
            self.faults.add(f"{path}.kpi", f"Rule {rule.code} works on a KPI. Give the code of one that is here.")

    def given(self, written: Any, scheme: Scheme, known: bool) -> Mapping[str, Decimal]:
        if written is None:
            return {}
        if not isinstance(written, Mapping):
            self.faults.add(
                "given", 'Give the points of the other parts by their codes, for example {"competency": "4"}.'
            )
            return {}
        codes = {part.code for part in scheme.parts}
        for code in written:
            if known and code not in codes:
                self.faults.add(
                    f"given.{code}", f"The scheme has no part {code!r}; its parts: {', '.join(codes) or 'none'}."
                )
        read = {code: self.optional_number(f"given.{code}", points) for code, points in written.items()}
        return {code: points for code, points in read.items() if points is not None}


def _code_of(written: Any) -> str:
    code = written.get("code") if isinstance(written, Mapping) else None
    return code if isinstance(code, str) and code.strip() else ""


def _parent_of(entry: _Entry) -> str:
    parent = entry.written.get("parent") if isinstance(entry.written, Mapping) else None
    return parent if isinstance(parent, str) else ""
