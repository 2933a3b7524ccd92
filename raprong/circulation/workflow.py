"""The moves of a letter."""

from raprong.circulation.enums import Move, State

MOVES = {
    Move.HAND_IN: ({State.DRAFTING}, State.CHECKING),
    Move.SEND_BACK: ({State.CHECKING, State.SIGNING}, State.DRAFTING),  # the checker or the signer, with the reason
    Move.PASS: ({State.CHECKING}, State.SIGNING),
    Move.SIGN: ({State.SIGNING}, State.SIGNED),
    Move.SEND: ({State.SIGNED}, State.SENT),
    Move.CANCEL: ({State.SIGNED}, State.CANCELLED),  # its number stays in the register, with the reason
}
