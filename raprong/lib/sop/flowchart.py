"""The SOP's flow chart as plain data: lanes, boxes and arrows, for any SOP."""

from dataclasses import dataclass

from raprong.lib.sop.shape import Party, SopDefinition, Step


@dataclass(frozen=True)
class Box:
    """A step in its lane. `row` and `lane` count from 0; `beside` are those who do it with the lane's party."""

    step: Step
    lane: int
    row: int
    beside: tuple[Party, ...]


@dataclass(frozen=True)
class Arrow:
    """From one box to the next, by their places in `FlowChart.boxes`."""

    start: int
    end: int


@dataclass(frozen=True)
class FlowChart:
    lanes: tuple[Party, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def flow_chart(definition: SopDefinition) -> FlowChart:
    """Lay the steps out one under the other, each in the lane of the party named first. Lanes stand in that order."""
    firsts = dict.fromkeys(step.done_by[0] for step in definition.steps)
    lane_of = {code: place for place, code in enumerate(firsts)}
    boxes = tuple(
        Box(
            step=step,
            lane=lane_of[step.done_by[0]],
            row=row,
            beside=tuple(definition.party(code) for code in step.done_by[1:]),
        )
        for row, step in enumerate(definition.steps)
    )
    arrows = tuple(Arrow(row, row + 1) for row in range(len(boxes) - 1))
    return FlowChart(tuple(definition.party(code) for code in firsts), boxes, arrows)
