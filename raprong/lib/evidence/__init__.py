"""Evidence as data: the types it has and how offices number it."""
