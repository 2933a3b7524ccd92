"""The unit's say on its preliminary result: accepted, or objected to and decided by people without a part in it."""
