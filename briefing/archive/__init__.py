"""A static site of past digests."""
