"""How Thai offices write digits, dates and lists, and how they count years and working time.

Inside the house dates are ISO and digits Arabic; this package is the one place that turns them into Thai.
"""
