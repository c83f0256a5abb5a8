"""Texts for the property tests: every line end, control characters, markup, several scripts."""

from hypothesis import strategies as st

WORDS = ["care", "home", "twice", "a", "day", "visit", "naïve", "10%", "ไทย", "日本"]
ODD = ["👩\u200d👩\u200d👧", "e\u0301", "\u200f", "\x0b", "\ufeff", "\x1c"]
GAPS = [" ", "  ", "\t", "\n", "\r\n", "\r", "\n\n", "\r\n\r\n", ", ", ". ", "\x0c", "\u00a0", "\u2028", ""]
STARTS = [
    "# ",
    "## ",
    "* ",
    "1. ",
    "> ",
    "| ",
    "---\n",
    "***\n",
    "```\n",
    "<!-- ",
    "<p>",
    "a | b\n--|--\n",
    "    ",
]

words = st.lists(st.sampled_from(WORDS + ODD + GAPS), max_size=8).map("".join)
lines = st.tuples(st.sampled_from(["", *STARTS]), words, st.sampled_from(GAPS)).map("".join)
documents = st.one_of(st.lists(lines, max_size=8).map("".join), st.text(max_size=60))
