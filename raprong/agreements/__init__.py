"""The agreement of the year: its parties, what they sign, and the manual and order that follow from it."""
