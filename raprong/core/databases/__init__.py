"""How the house holds its two databases: the embedded SQLite engine, and connections shut to writes."""
