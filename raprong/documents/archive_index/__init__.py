"""The yearly index of the cabinet: every paper of a unit's year, with its hash and the day until which it is kept."""
