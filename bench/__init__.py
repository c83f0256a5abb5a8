"""Every speed figure that the documents quote, each one command: `make bench`, or `make bench ARGS=name`."""
