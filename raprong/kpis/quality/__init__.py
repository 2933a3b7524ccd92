"""The quality of the year's KPIs: what is found in them, and the reasons that people give.

An error stops the selection of a KPI. A warning asks for a reason, which is kept with the KPI for as long as the facts
it was given for stay the same. A notice asks for nothing. The rules are data; see `raprong.lib.kpi_quality`.
"""
