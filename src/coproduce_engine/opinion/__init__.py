"""What people agree on: votes on short statements, opinion groups and common ground. Numbers only."""
