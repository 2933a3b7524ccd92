"""The result table of one round: every KPI of the unit with its result and score, beside those of the round before."""
