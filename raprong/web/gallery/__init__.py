"""Every component with sample data on one page, for those who build pages and those who judge them."""
