"""WordPress: the REST client, its records, exports."""
