"""What a text is made of, how it changes, and what a decision must hold."""
