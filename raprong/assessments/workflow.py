"""The moves of a self-assessment report."""

from raprong.assessments.enums import Move, State

MOVES = {
    Move.SUBMIT: ({State.WRITING}, State.SUBMITTED),
}
