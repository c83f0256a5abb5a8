"""Word files as values: bytes in, what they say out, and back. No database, no clock, no web."""
