"""The one way to the web: a guarded fetcher, and the sandbox that parses what came."""
