"""Who there is and what was said, on one server and on others that it hears of."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from tests.simulators.mastodon import markup

HOST = "social.example"
PUBLIC = ("public", "unlisted")


@dataclass
class Person:
    """An account; `host` is empty for one of the server's own."""

    id: str
    name: str
    host: str = ""
    note: str = ""
    indexable: bool = True

    @property
    def acct(self) -> str:
        return f"{self.name}@{self.host}" if self.host else self.name

    @property
    def page(self) -> str:
        return f"https://{self.host or HOST}/@{self.name}"


@dataclass
class Status:
    """A post."""

    id: str
    author: Person
    text: str
    visibility: str
    at: datetime
    warning: str = ""
    answers: str | None = None
    edited_at: datetime | None = None
    named: list[Person] = field(default_factory=list)
    pinned: bool = False
    gone: bool = False
    media: list["File"] = field(default_factory=list)

    @property
    def uri(self) -> str:
        return f"{self.author.page.replace('/@', '/users/')}/statuses/{self.id}"


@dataclass
class File:
    """A picture or film that was brought, and what it shows; `busy` is how often one that asks
    for it is told that the server still works on it."""

    id: str
    owner: str
    data: bytes
    media_type: str
    description: str
    used: bool = False
    busy: int = 0
    done: bool = True


@dataclass
class Notified:
    """Somebody was named."""

    id: str
    status: Status
    at: datetime


class World:
    """Everything since the server started."""

    def __init__(self) -> None:
        self.people: dict[str, Person] = {}
        self.statuses: dict[str, Status] = {}
        self.notified: dict[str, list[Notified]] = {}
        self.keys: dict[tuple[str, str], Status] = {}
        self.files: dict[str, File] = {}
        self.busy = 0
        self.events: list[tuple[str, str, Any]] = []  # for whom, which, what
        self._ids = count(110_000_000_000_000_001)

    def person(self, acct: str, **more: Any) -> Person:
        """Somebody by their handle, made when they are new."""
        acct = acct.lower().removesuffix(f"@{HOST}")
        if acct not in self.people:
            name, _, host = acct.partition("@")
            self.people[acct] = Person(self.next_id(), name, host, **more)
        return self.people[acct]

    def say(
        self,
        author: Person,
        text: str,
        *,
        visibility: str = "public",
        warning: str = "",
        answers: str | None = None,
    ) -> Status:
        """Post, and tell those whom it names."""
        said = Status(self.next_id(), author, text, visibility, self.now(), warning, answers)
        self.statuses[said.id] = said
        said.named = self._named(text)
        for person in said.named:
            if person is not author and not person.host:
                notice = Notified(self.next_id(), said, said.at)
                self.notified.setdefault(person.id, []).append(notice)
                self.events.append((person.id, "notification", notice))
        if visibility == "public":
            for tag in markup.HASHTAG.findall(text):
                self.events.append((f"#{tag.lower()}", "update", said))
        return said

    def edit(self, said: Status, text: str, warning: str = "") -> None:
        """Change a post; nobody is notified of it."""
        said.text, said.warning, said.edited_at = text, warning, self.now()
        for person in self._named(text):
            self.events.append((person.id, "status.update", said))

    def delete(self, said: Status) -> None:
        """Take a post back, and what was told of it."""
        said.gone = True
        for notices in self.notified.values():
            notices[:] = [each for each in notices if each.status is not said]
        for person in said.named:
            self.events.append((person.id, "delete", said))

    def sees(self, person: Person, said: Status | None) -> bool:
        """Whether somebody may read a post."""
        if said is None or said.gone:
            return False
        return said.visibility in PUBLIC or person in (said.author, *said.named)

    def above(self, said: Status) -> list[Status]:
        """What a post stands below, from the root on."""
        found: list[Status] = []
        while said.answers and (said := self.statuses[said.answers]):
            found.insert(0, said)
        return found

    def below(self, said: Status) -> list[Status]:
        """Everything that answers a post, and what answers that."""
        reached, found = {said.id}, []
        for each in self.statuses.values():
            if each.answers in reached:
                reached.add(each.id)
                found.append(each)
        return found

    def next_id(self) -> str:
        return str(next(self._ids))

    @staticmethod
    def now() -> datetime:
        return datetime.now(UTC)

    def _named(self, text: str) -> list[Person]:
        words = {found[0][1:] for found in markup.MENTION.finditer(text)}
        accts = (word.lower().removesuffix(f"@{HOST}") for word in sorted(words))
        return [self.people[acct] for acct in accts if acct in self.people]
