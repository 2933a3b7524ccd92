"""The year's run of an SOP: which steps are open, who holds them, what was answered, and how long it took.

Nouns: SOP edition (pinned when a run starts), run, binding of the SOP's parties to groups, facts. Everything else about
progress is worked out by `raprong.lib.sop.standing` from the definition and the facts. Upper rooms leave cards here: a
card answers whether a piece of a step's work is done.
"""
