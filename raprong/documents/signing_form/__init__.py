"""แบบลงนามคำรับรอง: who signs, for which KPIs, when and where, and what must lie ready on the table."""
