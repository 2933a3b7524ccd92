"""Who must sign what, in which order; who did, when, having proven who they are, and what exactly they saw."""
