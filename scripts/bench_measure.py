"""Ours and the bare part, taken in turns, so that a busy moment of the machine falls on both."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

TURNS = 15


@dataclass(frozen=True)
class Measure:
    """Something of ours beside the bare part that it cannot be faster than, and how many times slower it may be.

    Without a goal the ratio is told for what it is.
    """

    name: str
    ours: Callable[[], object]
    bare: Callable[[], object]
    goal: float | None
    at_once: int = 1  # how many are done in one turn


def heading(title: str) -> str:
    return f"\n{title:36}{'ours':>14}{'bare':>14}{'ratio':>8}{'goal':>8}"


def tell(measure: Measure, *, turns: int = TURNS) -> None:
    ours, bare, ratio = take_turns(measure, turns)
    rates = rate(measure.at_once / ours) + rate(measure.at_once / bare)
    goal = f"{measure.goal:>7.1f}x" if measure.goal else f"{'–':>8}"
    print(f"{measure.name:36}{rates}{ratio:>7.2f}x{goal}{verdict(ratio, measure.goal)}", flush=True)


def tell_times_faster(name: str, ours: float, theirs: float, *, goal: float | None = None, note: str = "") -> None:
    """Two ways that are told per row because only one of them can do as many rows: how many times faster ours is."""
    times = theirs / ours
    asked = f"{goal:>7.0f}x" if goal else f"{'–':>8}"
    missed = "   short of the goal" if goal and times < goal else ""
    print(f"{name:36}{rate(1 / ours)}{rate(1 / theirs)}{times:>7.0f}x{asked} faster; {note}{missed}", flush=True)


def rate(a_second: float) -> str:
    return f"{a_second:>12,.0f}/s" if a_second >= 1000 else f"{a_second:>12.1f}/s"


def verdict(reached: float, goal: float | None) -> str:
    return "" if goal is None or reached <= goal else "   over the goal"


def take_turns(measure: Measure, turns: int) -> tuple[float, float, float]:
    """Median seconds of ours and of the bare part, and the median of the pairs' ratios, after a pair to warm up."""
    pairs = [(seconds(measure.ours), seconds(measure.bare)) for _ in range(turns + 1)][1:]
    return (
        median(ours for ours, _ in pairs),
        median(bare for _, bare in pairs),
        median(ours / bare for ours, bare in pairs),
    )


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
