"""The example project, made through the real operations."""
