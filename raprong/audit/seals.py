"""The year seal: one short code that stands on paper for everything a trail held at that moment.

The hash of an entry covers every entry before it, so the beginning of that hash, printed on a letter, proves for years
that nothing up to there was altered, without trusting this installation or its network.
"""

from raprong.audit.models import Chain, Entry
from raprong.audit.queries import Break, breaks_in
from raprong.core.models import PublicIdModel
from raprong.core.references import reference

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: without the letters that are taken for others
HEX_DIGITS = 25  # 100 bits
IN_GROUPS_OF = 4
TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1", "-": "", " ": ""})


def seal_of(chain: Chain) -> str:
    """The seal of a trail as it stands, such as ``7K2M-9QXT-0B4C-HV8R-1DZN``."""
    return code_of(chain.head)


def year_seal(place: PublicIdModel, fiscal_year: int) -> str:
    """The seal of a unit's year as it stands; empty while nothing happened in it."""
    chain = Chain.objects.filter(place=reference(place), fiscal_year=fiscal_year).first()
    return seal_of(chain) if chain else ""


def code_of(head: str) -> str:
    """The first 100 bits of a hash in twenty letters, read aloud in fours."""
    bits = int(head[:HEX_DIGITS], 16)
    letters = "".join(LETTERS[bits >> shift & 31] for shift in range(HEX_DIGITS * 4 - 5, -1, -5))
    return "-".join(letters[start : start + IN_GROUPS_OF] for start in range(0, len(letters), IN_GROUPS_OF))


def entry_under(code: str) -> Entry | None:
    """The entry that a printed seal stands for; None where the code is mistyped or no trail here has it."""
    plain = code.upper().translate(TAKEN_FOR)
    if len(plain) * 5 != HEX_DIGITS * 4 or any(letter not in LETTERS for letter in plain):
        return None
    bits = 0
    for letter in plain:
        bits = bits << 5 | LETTERS.index(letter)
    return Entry.objects.filter(hash__startswith=f"{bits:0{HEX_DIGITS}x}").select_related("chain").first()


def breaks_up_to(entry: Entry) -> list[Break]:
    """Every place where a trail does not hold, from its first entry to this one."""
    return [found for found in breaks_in(entry.chain) if found.number <= entry.number]
