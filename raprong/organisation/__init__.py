"""Agencies, their units and groups, the posts in them, the people who hold the posts, and acting orders."""
