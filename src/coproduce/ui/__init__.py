"""The look and the parts that every page is made of."""
