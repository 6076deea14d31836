"""What the processes of `test_erasing` do. `python -m tests.faults.erasing COMMAND`."""

import sys
from collections.abc import Callable

import django


def prepare() -> None:
    """Tom and Tina, each with a number in the vault; prints their pseudonyms."""
    from tests.privacy.stage import TINA, TOM, keep

    print(keep(TOM), keep(TINA))


def erase() -> None:
    """Tom asked for it."""
    from rejoinder.privacy import rights
    from tests.privacy.stage import TOM

    rights.erase(TOM, "person erase", "asked for it")


def catch_up() -> None:
    """Two turns of the worker; prints what each found to do."""
    from rejoinder.privacy.vault import copies

    print(copies.catch_up(), copies.catch_up())


if __name__ == "__main__":
    django.setup()
    does: dict[str, Callable[[], None]] = {
        "prepare": prepare, "erase": erase, "catch_up": catch_up,
    }  # fmt: skip
    does[sys.argv[1]]()
