"""Settings, addresses and server entry points. Nobody imports from here."""
