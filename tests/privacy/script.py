"""A random morning of wrong tags, corrections, erasures and jobs, with the truth written beside it.

The truth is what callers were handed: nothing of it is read from the ledger.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import product

from rejoinder.plumbing import clock
from rejoinder.privacy import vault
from rejoinder.privacy.ledger.affected import affected
from rejoinder.privacy.vault import (
    NothingSealedError,
    NotOpenedError,
    Person,
    Place,
    Value,
    erasing,
)

FIELDS = ("phone", "security-phone")
PURPOSES = ("callback", "account-security", "marketing")
BEGAN = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
SPAN = timedelta(hours=6)


@dataclass
class Script:
    """One run of `steps` by a seed; `released` has each value that a caller was handed."""

    seed: int
    people: int = 8
    released: list[tuple[datetime, str, str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.person = [Person("pretend", f"{self.seed} {n}") for n in range(self.people)]
        names = vault.subjects(self.person)
        self.subject = [names[person] for person in self.person]
        for name in self.subject:
            for kind in FIELDS:
                vault.seal([Value(Place(name, kind), f"{kind} of {name}")], self._tags())

    def run(self, steps: int) -> None:
        """Do so many things at random moments of the morning, each at the moment it is."""
        does: list[Callable[[], None]] = [self._open] * 12 + [self._job, self._tag] * 4
        does.append(self._erase)
        for _ in range(steps):
            with clock.standing(BEGAN + SPAN * self.chance.random()):
                self.chance.choice(
                    [*does, *([self._erase] if self.chance.random() < 0.2 else [])]
                )()

    def differs(self, questions: int) -> list[str]:
        """Where “who exactly” is not the truth; nowhere, if all is well."""
        found: list[str] = []
        for _ in range(questions):
            kind, purpose = self.chance.choice(FIELDS), self.chance.choice(PURPOSES)
            since, until = sorted(BEGAN + SPAN * self.chance.random() for _ in range(2))
            found += self._differs(kind, purpose, since, until)
        return found

    def differs_in_all(self) -> list[str]:
        """The same for each field and purpose, all of the morning."""
        asked = product(FIELDS, PURPOSES)
        return [one for each in asked for one in self._differs(*each, BEGAN, BEGAN + SPAN)]

    def _differs(self, kind: str, purpose: str, since: datetime, until: datetime) -> list[str]:
        meant = {
            name
            for at, name, a_kind, a_purpose in self.released
            if (a_kind, a_purpose) == (kind, purpose) and since <= at < until
        }
        said = affected(purpose, kind, since, until)
        if set(self.subject) & set(said.subjects) == meant:
            return []
        return [f"seed {self.seed}: {purpose} {kind} {since} {until}"]

    def _tags(self) -> list[str]:
        return [name for name in PURPOSES if self.chance.random() < 0.4] or ["callback"]

    def _one(self) -> tuple[str, str, str]:
        return (
            self.chance.choice(self.subject),
            self.chance.choice(FIELDS),
            self.chance.choice(PURPOSES),
        )

    def _open(self) -> None:
        name, kind, purpose = self._one()
        try:
            said = vault.open(name, kind, purpose, "job", "because")
        except (NotOpenedError, NothingSealedError):
            return
        assert said == f"{kind} of {name}"
        self.released.append((clock.now(), name, kind, purpose))

    def _job(self) -> None:
        _, kind, purpose = self._one()
        some = self.chance.sample(self.subject, self.chance.randrange(1, self.people))
        for name in vault.open_many(some, kind, purpose, "night job", "because"):
            self.released.append((clock.now(), name, kind, purpose))

    def _tag(self) -> None:
        name, kind, _ = self._one()
        try:
            vault.retag(Place(name, kind), self._tags(), "job", "a form said so")
        except LookupError:
            return

    def _erase(self) -> None:
        erasing.erase(self.chance.choice(self.person), "job", "asked for it", lambda: None)
