"""The monthly figure of each KPI: reported, corrected, and closed month by month."""
