"""รายงานผลการดำเนินงานรายเดือน: every KPI of a unit against the months of the fiscal year."""
