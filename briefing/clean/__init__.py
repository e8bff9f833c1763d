"""Posts cleaned into documents with numbered sentences."""
