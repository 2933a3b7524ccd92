"""The moves of a letter."""

from raprong.circulation.enums import Move, State

MOVES = {
    Move.SIGN: ({State.DRAFTING}, State.SIGNED),
    Move.SEND: ({State.SIGNED}, State.SENT),
    Move.CANCEL: ({State.SIGNED}, State.CANCELLED),  # its number stays in the register, with the reason
}
