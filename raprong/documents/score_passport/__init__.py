"""ใบแสดงที่มาของคะแนน: one page from which anybody can work a score out again."""
