"""The command line; the only place that prints or asks the time."""

from briefing.cli.app import main

__all__ = ["main"]
