"""Runs beside a server, as another process of the installation does: makes tokens, and announces.

Reads `{"topic": …}` for a token, or `{"topic": …, "seqs": […]}` to announce; prints what it made.
"""

import json
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coproduce.config.settings")
    import django

    django.setup()
    from coproduce.config import wsgi
    from coproduce.core.live import announce, stream_token

    assert wsgi.application
    given = json.load(sys.stdin)
    for seq in given.get("seqs", []):
        announce(given["topic"], seq)
    json.dump(stream_token(given["topic"]), sys.stdout)


if __name__ == "__main__":
    main()
