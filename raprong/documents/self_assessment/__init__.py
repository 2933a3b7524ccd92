"""รายงานการประเมินตนเอง (SAR): for each KPI of a round what was reached, how, and what proves it."""
