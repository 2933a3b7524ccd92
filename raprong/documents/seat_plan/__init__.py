"""Who sits where at a ceremony."""
