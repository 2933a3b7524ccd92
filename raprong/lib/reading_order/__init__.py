"""The order in which assessors read claims: risky ones first, with reasons, and a sample that anybody can draw again."""
