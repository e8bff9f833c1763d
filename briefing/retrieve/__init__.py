"""Passages that bear on a question."""
