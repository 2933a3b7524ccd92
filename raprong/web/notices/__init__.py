"""How one is told: which channels bring one's notices, and when."""
