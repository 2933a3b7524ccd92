"""The moves of an agreement."""

from raprong.agreements.enums import Move, State

# The cards that the SOP names these moves by.
DRAFTED = "agreements.drafted"
IN_FORCE = "agreements.in_force"

MOVES = {
    Move.OPEN_SIGNING: ({State.DRAFTING}, State.SIGNING),
    Move.SEND_BACK: ({State.SIGNING}, State.DRAFTING),
    Move.COMPLETE: ({State.SIGNING}, State.IN_FORCE),
    Move.WITHDRAW: ({State.DRAFTING}, State.WITHDRAWN),
}
