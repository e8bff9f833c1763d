"""Digests and summaries as pages, mail, text and JSON."""
