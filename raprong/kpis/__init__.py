"""What a unit will be measured by: the year's framework, KPIs with criteria and weights, their selection.

Nouns: framework of a run, policy source, dimension, KPI (lives across years) and its year's version, the list that was
sent to the department.
"""
