"""Documents of a day about the same thing."""
