"""Papers in other formats than the one that is kept: Word for those that people edit, a workbook for tables."""
