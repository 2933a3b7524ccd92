"""What only a demonstration has: a clock that can be moved forward, so that a year can be lived through in an hour."""
