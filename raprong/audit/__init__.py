"""What happened, in order, for ever: one chain of entries per unit and fiscal year, linked by hash.

Nouns: chain, entry, kind. Rooms register the kinds of their entries with the sentence that tells them, and call
`audit.record(...)` as the last act of a verb.
"""
