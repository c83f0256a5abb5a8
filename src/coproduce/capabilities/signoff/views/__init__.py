"""The pages of signing off."""
