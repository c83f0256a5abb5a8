"""The pages of people: the table as a whole, groups, one seat, access needs."""
