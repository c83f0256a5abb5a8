"""The pages of the Socratic log, and the same on paper."""
