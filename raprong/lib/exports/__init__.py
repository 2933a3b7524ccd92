"""Packages for a department's own system: the layout of the workbook as data, and the manifest they are checked by."""
