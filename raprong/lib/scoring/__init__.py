"""How a measured result becomes a score, a weighted score and a total. Exact arithmetic, half-up, no floats.

A score inside a calculation is a ``Fraction``, because thirds have no decimal; what is stored, printed and added up at
a number of places is a ``Decimal`` rounded half-up. ``docs/scoring.md`` tells the same for people.
"""
