"""Runs beside a server: an open round with people who are signed in, as tests/reliability has it; a stream's token."""

import json
import sys


def main() -> None:
    import django

    django.setup()
    from coproduce.core.live import stream_token
    from tests.reliability.round_of_200 import prepare

    json.dump({**prepare(), "token": stream_token("bench")}, sys.stdout)


if __name__ == "__main__":
    main()
