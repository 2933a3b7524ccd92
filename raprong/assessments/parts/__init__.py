"""A group's part of a report, from hand to hand: written, looked at by the group's head, gathered by planning.

Which hands there are is the SOP's data (`reporting.parts`); a report of an SOP that names none is written as one.
"""
