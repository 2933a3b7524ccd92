"""Figures as pages of results write them."""

from __future__ import annotations

from decimal import Decimal

from raprong.web.shell.filters import figure


def written(value: Decimal | None) -> str:
    """A figure without the noughts its column adds: 91, 94.50, 0.1234. Empty where there is none."""
    if value is None:
        return ""
    if value == value.to_integral_value():
        return f"{value:.0f}"
    places = max(2, -int(value.normalize().as_tuple().exponent))
    return f"{value:.{places}f}"


def shown(value: Decimal | None) -> str:
    """The same to be read: thousands separated, a dash where there is none."""
    return figure(written(value))
