"""The moves of a group's part of a report."""

from raprong.assessments.enums import PartMove, PartState

# Where the SOP asks no head to look, a part that is handed in goes on to planning at once.
MOVES = {
    PartMove.HAND_IN: ({PartState.WRITING, PartState.RETURNED}, PartState.WITH_HEAD),
    PartMove.TAKE_BACK: ({PartState.WITH_HEAD}, PartState.WRITING),
    PartMove.PASS_ON: ({PartState.WITH_HEAD}, PartState.WITH_PLANNING),
    PartMove.GATHER: ({PartState.WITH_PLANNING}, PartState.GATHERED),
    PartMove.SEND_BACK: ({PartState.WITH_HEAD, PartState.WITH_PLANNING, PartState.GATHERED}, PartState.RETURNED),
}
WITH_THE_GROUP = {PartState.WRITING, PartState.RETURNED}
