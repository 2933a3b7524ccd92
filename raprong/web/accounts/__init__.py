"""Signing in and out, and one's own password. Accounts are made by an administrator, never by a visitor."""
