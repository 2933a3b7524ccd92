"""ตารางสรุปผลคะแนน: what the unit gave itself and what was confirmed, side by side; neither overwrites the other."""
