"""Evidence (หลักฐาน) of a unit's year: each file once, with its own facts, credited to the KPIs that it proves."""
