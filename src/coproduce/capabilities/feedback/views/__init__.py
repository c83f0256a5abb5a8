"""The pages of feedback: writing statements, publishing them, and the public page."""
