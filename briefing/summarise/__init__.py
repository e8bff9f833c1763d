"""Engines that draft claims from documents."""
