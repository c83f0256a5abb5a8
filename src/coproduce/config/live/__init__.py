"""The live hub: event streams in front of Django, and the way between processes."""
