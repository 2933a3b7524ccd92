"""Seals and certificates: with what papers are sealed, and whose signatures are believed; for administrators."""
