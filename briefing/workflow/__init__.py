"""The way from sources to a digest, the only place where one item may fail while others go on."""
