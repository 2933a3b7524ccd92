"""Bricks that know Django and nothing of our subject: identities, append-only tables, the clock, stale forms."""
