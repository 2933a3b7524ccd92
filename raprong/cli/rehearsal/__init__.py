"""A whole year, unattended: the sample people do the work of every step through the same verbs as on the pages.

What is done for a step follows from the work its SOP names, so any SOP can be rehearsed.
"""
