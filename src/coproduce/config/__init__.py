"""Settings, addresses and the command line: knows everyone; nobody knows it."""
