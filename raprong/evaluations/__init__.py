"""The official score: given by one assessor, confirmed by another, announced by letter and passed on to everybody."""
