"""The moves of an evaluation."""

from raprong.evaluations.enums import Move, State

MOVES = {
    Move.FINISH_SCORING: ({State.SCORING}, State.SCORED),
    Move.SEND_BACK: ({State.SCORED}, State.SCORING),
    Move.CONFIRM: ({State.SCORED}, State.CONFIRMED),
}
