from argparse import ArgumentParser
from typing import Any

from django.db import connection

from raprong.audit.models import Chain
from raprong.audit.queries import Break, breaks_in
from raprong.audit.seals import breaks_up_to, entry_under
from raprong.cli.command import BROKEN, Word


class Command(Word):
    """`raprong audit verify`: recompute every chain of the audit trail from its first entry."""

    help = "Look after the audit trail: `verify` recomputes every chain and names each place where one does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify"])
        parser.add_argument(
            "--seal", metavar="CODE", help="the code printed on a letter: is the trail up to it unaltered"
        )
        parser.add_argument("--json", action="store_true", help="answer as JSON")

    def handle(self, *, json: bool, seal: str | None, **options: Any) -> None:
        if Chain._meta.db_table not in connection.introspection.table_names():
            self.stop(["There is no database here yet. `raprong serve` prepares one."])
        if seal:
            self.verify_seal(seal, json=json)
            return
        chains = list(Chain.objects.order_by("fiscal_year", "place"))
        breaks = [found for chain in chains for found in breaks_in(chain)]
        entries = sum(chain.length for chain in chains)
        if json:
            self.say_json(as_data(chains=len(chains), entries=entries, breaks=breaks))
        else:
            self.say_plainly(chains=len(chains), entries=entries, breaks=breaks)
        if breaks:
            raise SystemExit(BROKEN)

    def verify_seal(self, code: str, *, json: bool) -> None:
        """Answer for the trail up to the entry whose seal was printed."""
        entry = entry_under(code)
        if entry is None:
            self.stop(
                [f"No trail here has the seal {code}. It is mistyped, altered, or another installation's."], BROKEN
            )
        breaks = breaks_up_to(entry)
        chain = entry.chain
        if json:
            self.say_json(as_data(chains=1, entries=entry.number, breaks=breaks))
        elif breaks:
            self.say_plainly(chains=1, entries=entry.number, breaks=breaks)
        else:
            self.say(
                f"The seal holds: {counted(entry.number, 'entry', 'entries')} of {chain.place}, "
                f"fiscal year {chain.fiscal_year}, up to {entry.at.isoformat(timespec='seconds')}, are unaltered."
            )
        if breaks:
            raise SystemExit(BROKEN)

    def say_plainly(self, *, chains: int, entries: int, breaks: list[Break]) -> None:
        if not breaks:
            self.say(f"The audit trail holds: {counted(chains, 'chain')}, {counted(entries, 'entry', 'entries')}.")
            return
        self.say(f"The audit trail is broken in {counted(len(breaks), 'place')}:")
        for found in breaks:
            self.say(f"  {found.place}, fiscal year {found.fiscal_year}, entry {found.number}: {found.why}")


def as_data(*, chains: int, entries: int, breaks: list[Break]) -> dict[str, Any]:
    places = [
        {"place": found.place, "fiscal_year": found.fiscal_year, "number": found.number, "why": found.why}
        for found in breaks
    ]
    return {"holds": not breaks, "chains": chains, "entries": entries, "breaks": places}


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
