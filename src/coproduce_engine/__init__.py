"""Numbers only: knows nothing of the web or the database."""
