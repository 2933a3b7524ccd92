"""The base notice, inside the application: who is told what, where it leads, and whether it was read."""
