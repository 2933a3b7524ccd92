"""Receipts for submitted reports (ใบรับ): numbered without gaps in a unit's year. Their time is the one that counts."""
