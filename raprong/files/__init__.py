"""Stored files: content under its hash, a name, a size and a kind. What a file means, other rooms know."""
