"""Is this paper what was sealed: a page for everybody, inside the office and outside, without signing in."""
