"""The pages of the master copy."""
