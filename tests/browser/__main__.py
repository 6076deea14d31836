"""The hand as a process: one JSON line `[what, {…}]` at a time in, one out."""

import json
import sys

import django


def main() -> None:
    """Do what each line says until there are no more."""
    django.setup()
    from tests.browser.hand import CAN

    for line in sys.stdin:
        what, given = json.loads(line)
        sys.stdout.write(json.dumps(CAN[what](**given)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
