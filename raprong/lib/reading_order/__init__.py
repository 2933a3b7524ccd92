"""In which order assessors read claims, with the reasons, and a sample that anybody can draw again."""
