"""แบบฟอร์มรายละเอียดตัวชี้วัด: everything that is known about one KPI; what is not filled in is not printed."""
