"""How hypothesis looks for examples here: the same ones each time, and as slowly as the machine is."""

from hypothesis import settings

settings.register_profile("house", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("house")
