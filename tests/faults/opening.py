"""What the processes of `test_opening` do. `python -m tests.faults.opening COMMAND …`.

Each line on stdout is what a caller knew: that it asks, and that it was handed the value.
"""

import random
import sys
from collections.abc import Callable

import django

PEOPLE = 12
WHY = "asked to be called"


def prepare() -> None:
    """People with a number each; prints their pseudonyms."""
    from rejoinder.privacy import vault
    from rejoinder.privacy.vault import Person, Place, Value

    people = [Person("pretend", f"person {number}") for number in range(PEOPLE)]
    for name in vault.subjects(people).values():
        vault.seal([Value(Place(name, "phone"), f"number of {name}")], ["callback"])
        print(name)


def ask(seed: str, times: str, *names: str) -> None:
    """Open the number of one after the other, at random."""
    from rejoinder.privacy import vault

    chance = random.Random(int(seed))
    for _ in range(int(times)):
        name = chance.choice(names)
        print("ask", name, flush=True)
        assert vault.open(name, "phone", "callback", f"job {seed}", WHY) == f"number of {name}"
        print("had", name, flush=True)


def told() -> None:
    """Prints what the ledger says was opened, by job and name in order, and whether it is whole."""
    from rejoinder.privacy.ledger.replay import Replay
    from rejoinder.privacy.models import LedgerEntry

    for actor, name in LedgerEntry.objects.order_by("place").values_list("actor", "subject"):
        print(actor.removeprefix("job job "), name)
    print("problems", len(Replay().problems))


if __name__ == "__main__":
    django.setup()
    does: dict[str, Callable[..., None]] = {"prepare": prepare, "ask": ask, "told": told}
    does[sys.argv[1]](*sys.argv[2:])
