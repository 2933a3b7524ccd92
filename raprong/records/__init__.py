"""The cabinet: what was deposited, its hash, how long it is kept and who may read it. Append-only."""
