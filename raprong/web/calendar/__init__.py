"""The calendar of one's due dates: its page, and the address that calendar programs read without signing in."""
