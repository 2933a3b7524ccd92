"""What lies before a rule when it looks at one KPI, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as given
from decimal import Decimal
from fractions import Fraction

from raprong.lib.kpi_quality.settings import QualityRules
from raprong.lib.kpi_quality.shape import KpiSheet
from raprong.lib.kpi_quality.trend import more_is_better
from raprong.lib.scoring.criteria import Deviation, place
from raprong.lib.scoring.ladder import Placing
from raprong.lib.scoring.rounding import half_up
from raprong.lib.scoring.scheme import Scheme

SHOWN_PLACES = 2


@dataclass(frozen=True)
class Remark:
    """What a rule says, before it is known how grave that is."""

    field: str
    sentence_en: str
    sentence_th: str
    facts: Mapping[str, str] = given(default_factory=dict)


@dataclass(frozen=True)
class Desk:
    """What lies before a rule: the KPI, the scheme and the year that it is scored in, and the thresholds."""

    kpi: KpiSheet
    scheme: Scheme
    year: int
    rules: QualityRules
    usable: bool  # whether the criteria can be read

    @property
    def target_placing(self) -> Placing | None:
        """Where the target stands on its criteria; None without one, or where the kind knows no such place."""
        if not self.usable or self.kpi.target is None or isinstance(self.kpi.criteria, Deviation):
            return None
        return self.placing(self.kpi.target)

    def placing(self, result: Decimal) -> Placing | None:
        try:
            return place(self.kpi.criteria, result, below=self.scheme.below)
        except ValueError:
            return None

    @property
    def more(self) -> bool | None:
        return more_is_better(self.kpi.criteria) if self.usable else None


def shown(number: Decimal | Fraction) -> str:
    """A figure in a sentence: without noughts at its end, a fraction half-up to two places."""
    held = half_up(number, SHOWN_PLACES) if isinstance(number, Fraction) else number
    return format(held.quantize(Decimal(1)) if held == held.to_integral_value() else held.normalize(), "f")
