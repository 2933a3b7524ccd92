"""คู่มือการดำเนินงานตามคำรับรองการปฏิบัติราชการ: the steps of the year and the detail sheet of every KPI."""
