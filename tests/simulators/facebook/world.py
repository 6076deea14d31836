"""What Facebook keeps: Pages, people, posts, comments, conversations, tokens and what was called.

Numbers and words of refusals: Graph API, Error Handling and Rate Limits; Messenger Platform.
"""

import secrets
import time
from dataclasses import dataclass, field

from tests.simulators.graph.world import DAY, GONE, WEEK, FaultError, Graph, Person

LONGEST, LONGEST_MESSAGE = 8000, 2000
SCOPES = (
    "pages_show_list,pages_read_engagement,pages_read_user_content,pages_manage_engagement,"
    "pages_manage_metadata,pages_messaging"
)


@dataclass
class Said:
    """A post or a comment. `below` is its post, `parent` the comment it is shown below."""

    id: str
    author: Person
    text: str
    at: float
    order: int
    page: Person
    below: str = ""
    parent: str = ""
    answers: str = ""
    nameless: bool = False
    hidden: bool = False
    replied: bool = False
    tags: bool = False


@dataclass
class Message:
    """A message between a Page and a person; `answers` is the comment of a private reply."""

    id: str
    author: Person
    page: Person
    other: Person
    text: str
    at: float
    answers: str = ""


@dataclass
class World(Graph):
    """All of it."""

    said: dict[str, Said] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    def person(self, name: str, *, page: bool = False) -> Person:
        """Somebody of this name, new or known."""
        if name not in self.people:
            made = Person(f"{10**14 + next(self.numbers)}", name.title(), page, scopes=SCOPES)
            self.people[name] = made
            if page:
                made.post = self.say(made, made, "We are here for you.").id
        return self.people[name]

    def found(self, number: str) -> Said:
        """A post or a comment. Raises FaultError."""
        if number not in self.said:
            raise FaultError(400, 100, GONE.format(number), 33)
        return self.said[number]

    def say(self, author: Person, page: Person, text: str, to: str = "") -> Said:
        """Post, or comment on a post, or answer a comment: a thread has one level of replies."""
        above = self.found(to) if to else None
        if to and not text.strip():
            raise FaultError(400, 1705, "Comment text or attachment must be present")
        if len(text) > LONGEST:
            raise FaultError(400, 100, "(#100) The comment is too long.")
        order = next(self.numbers)
        below = (above.below or above.id) if above else ""
        parent = (above.parent or above.id) if above and above.below else ""
        first = below.rpartition("_")[2] if below else page.id
        made = Said(f"{first}_{10**12 + order}", author, text, time.time(), order, page)
        made.below, made.parent, made.answers = below, parent, to
        self.said[made.id] = made
        return made

    def delete(self, number: str) -> None:
        """With what stands below it. Raises FaultError."""
        self.found(number)
        below = [each.id for each in self.said.values() if number in {each.parent, each.below}]
        for each in [number, *below]:
            del self.said[each]

    def comments(self, number: str, *, stream: bool) -> list[Said]:
        """On a post or below a comment, oldest first; a stream has those of every level."""
        top = self.found(number)
        if top.below:
            return [each for each in self.said.values() if each.parent == number]
        found = [each for each in self.said.values() if each.below == number]
        return [each for each in found if stream or not each.parent]

    def write(self, page: Person, other: Person, text: str, answers: str = "") -> Message:
        """A message of the Page. Raises FaultError."""
        now = time.time()
        wrote = [
            m.at for m in self.messages if m.other is other and m.page is page and m.author is other
        ]
        if not answers and now - max(wrote, default=0) > DAY:
            words = "(#10) This message is sent outside of allowed window."
            raise FaultError(400, 10, words, 2_018_278)
        if len(text) > LONGEST_MESSAGE:
            raise FaultError(
                400, 100, "(#100) Length of param message[text] must be less than 2000"
            )
        self.messages.append(
            Message(f"m_{secrets.token_hex(8)}", page, page, other, text, now, answers)
        )
        return self.messages[-1]

    def reply_privately(self, page: Person, number: str, text: str) -> Message:
        """Once to a comment, within seven days. Raises FaultError."""
        said = self.found(number)
        if said.replied:
            raise FaultError(400, 10_900, "(#10900) Activity already replied to")
        if time.time() - said.at > WEEK:
            raise FaultError(400, 10_903, "(#10903) This user cant reply to this activity")
        made = self.write(page, said.author, text, number)
        said.replied = True
        return made
