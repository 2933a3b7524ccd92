"""Packages of a submitted report for the department's own system: workbook, papers, evidence, manifest; in one ZIP."""
