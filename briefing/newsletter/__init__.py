"""Scheduled issues: built, approved, sent once to each recipient."""
