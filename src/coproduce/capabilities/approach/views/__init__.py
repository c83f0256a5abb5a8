"""The pages of the approach, and the same on paper."""
