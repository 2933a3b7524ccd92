"""Looking at KPIs as a careful reader would: what is wrong, what asks for a reason, what is worth a second look.

Plain functions over plain values. What counts as too much, and how grave each finding is, stands in
`definitions/quality`.
"""
