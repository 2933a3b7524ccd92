"""What groups and individuals take on from the agreement, and that each of them has read and understood it."""
