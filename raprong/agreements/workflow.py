"""The moves of an agreement."""

from raprong.agreements.enums import Move, State

MOVES = {
    Move.OPEN_SIGNING: ({State.DRAFTING}, State.SIGNING),
    Move.SEND_BACK: ({State.SIGNING}, State.DRAFTING),
    Move.COMPLETE: ({State.SIGNING}, State.IN_FORCE),
}
