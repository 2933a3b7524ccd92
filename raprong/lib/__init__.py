"""The cellar: plain Python that knows our subject's arithmetic. No Django, no database, no clock, no settings."""
