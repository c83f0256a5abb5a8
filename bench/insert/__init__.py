"""The one table of the bare insert that `bench/answers` measures against."""
