"""ใบรับรายงาน: that a report came in, when, and which one it was."""
