"""Raprong (รับรอง): performance agreements of Thai government units, from policy to published score."""
