"""KPI workbooks (xlsx) as officers keep them: one sheet of KPIs with their levels, one of results month by month.

``reader.read_workbook`` answers plain rows or every fault at once; ``writer.write_workbook`` makes a workbook that
reads back the same.
"""
