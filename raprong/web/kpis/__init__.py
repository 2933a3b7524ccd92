"""The pages of a year's framework and its KPIs, from the policy received to the detail sheets."""
