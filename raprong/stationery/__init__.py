"""How an agency's papers look and what their fixed clauses say, as data with versions; and their proof-reading."""
