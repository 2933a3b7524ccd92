"""Many papers at once: chosen on a list, printed by the worker, taken away as one ZIP."""
