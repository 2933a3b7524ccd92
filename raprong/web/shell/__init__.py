"""What surrounds every page: who is asking, in which language, for which unit and year, and how the house says no."""
