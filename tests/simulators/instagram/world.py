"""What Instagram keeps: accounts with their Pages, media, comments, conversations.

Instagram API with Facebook Login; Instagram Messaging: Private Replies, Send a Message.
"""

import re
import secrets
import time
from dataclasses import dataclass, field

from tests.simulators.graph.world import DAY, GONE, WEEK, FaultError, Graph, Person

LONGEST, LONGEST_MESSAGE = 2200, 1000  # code points of a comment, bytes of a message
SCOPES = (
    "pages_show_list,pages_read_engagement,pages_manage_metadata,instagram_basic,"
    "instagram_manage_comments,instagram_manage_messages,pages_messaging"
)


@dataclass
class Account:
    """A professional account; what its Page is let in for holds for it too."""

    id: str
    username: str
    page: Person
    media: str = ""  # its one picture


@dataclass
class Media:
    """A picture; `tags` are the accounts tagged in it, `names` those its caption mentions."""

    id: str
    owner: Account | Person
    caption: str
    at: float
    tags: list[Account] = field(default_factory=list)
    names: list[Account] = field(default_factory=list)
    live: bool = False


@dataclass
class Comment:
    """A comment, or a reply to one, its `parent`; `answers` is what it was written to."""

    id: str
    author: Account | Person
    media: Media
    text: str
    at: float
    parent: str = ""
    answers: str = ""
    hidden: bool = False
    replied: bool = False
    nameless: bool = False
    unlisted: bool = False  # in no list, and still there


@dataclass
class Message:
    """Between an account and a person; `answers` is the comment of a private reply."""

    id: str
    ours: bool
    account: Account
    other: Person
    text: str
    at: float
    answers: str = ""
    picture: str = ""


@dataclass
class World(Graph):
    """All of it."""

    accounts: dict[str, Account] = field(default_factory=dict)  # by the name of their Page
    media: dict[str, Media] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)

    def person(self, name: str, *, page: bool = False) -> Person:
        """Somebody of this name, new or known."""
        if name not in self.people:
            number = f"{10**14 + next(self.numbers)}"
            self.people[name] = Person(number, name.title(), page, scopes=SCOPES)
        return self.people[name]

    def account(self, name: str) -> Account:
        """The account of this name, its Page and its picture, new or known."""
        if name not in self.accounts:
            page = self.person(name, page=True)
            made = Account(f"{17_841_400_000_000_000 + next(self.numbers)}", name, page)
            linked = {"id": made.id, "username": name, "name": name.title()}
            page.shown = {"instagram_business_account": linked}
            self.accounts[name] = made
            made.media = self.picture(made, "We are here for you.").id
        return self.accounts[name]

    def of(self, page: Person) -> Account:
        """The account of a Page. Raises FaultError."""
        for each in self.accounts.values():
            if each.page is page:
                return each
        raise FaultError(400, 100, GONE.format("me"), 33)

    def picture(self, owner: Account | Person, caption: str) -> Media:
        """Somebody shows something."""
        made = Media(f"{17_900_000_000_000_000 + next(self.numbers)}", owner, caption, time.time())
        made.names = [each for each in self.accounts.values() if _names(caption, each)]
        self.media[made.id] = made
        return made

    def found(self, us: Account, number: str) -> Comment:
        """A comment below our media; others' are not ours to see. Raises FaultError."""
        said = self.comments.get(number)
        if said is None or said.media.owner is not us:
            raise FaultError(400, 100, GONE.format(number), 33)
        return said

    def say(
        self, author: Account | Person, media: Media, text: str, to: Comment | None = None
    ) -> Comment:
        """Comment or answer: replies to a reply stand below the first. Raises FaultError."""
        if not text.strip():
            raise FaultError(400, 100, "(#100) The parameter message is required")
        if len(text) > LONGEST:
            raise FaultError(400, 100, "(#100) The comment is too long.")
        if media.live and isinstance(author, Account):
            raise FaultError(400, 100, "(#100) Comments on live video cannot be answered.")
        if to is not None and to.hidden and isinstance(author, Account):
            raise FaultError(400, 100, "(#100) Hidden comments cannot be answered.")
        number = f"{17_950_000_000_000_000 + next(self.numbers)}"
        made = Comment(number, author, media, text, time.time())
        if to is not None:
            made.parent, made.answers = to.parent or to.id, to.id
        self.comments[number] = made
        return made

    def delete(self, number: str) -> None:
        """A comment, with what stands below it; or a picture, with all of them."""
        self.media.pop(number, None)
        gone = [c.id for c in self.comments.values() if number in {c.id, c.parent, c.media.id}]
        for each in gone:
            del self.comments[each]

    def write(self, us: Account, other: Person, text: str, answers: str = "") -> Message:
        """A message of ours. Raises FaultError."""
        wrote = [m.at for m in self.messages if m.account is us and m.other is other and not m.ours]
        if not answers and time.time() - max(wrote, default=0) > DAY:
            words = "(#10) This message is sent outside of allowed window."
            raise FaultError(403, 10, words, 2_534_022)
        if len(text.encode()) > LONGEST_MESSAGE:
            words = "(#100) Length of param message[text] must be less than or equal to 1000"
            raise FaultError(400, 100, words)
        number = f"aWdf{secrets.token_hex(12)}"
        self.messages.append(Message(number, True, us, other, text, time.time(), answers))
        return self.messages[-1]

    def reply_privately(self, us: Account, number: str, text: str) -> Message:
        """Once to a comment, within seven days. Raises FaultError."""
        said = self.found(us, number)
        if said.replied:
            raise FaultError(400, 10_900, "(#10900) Activity already replied to")
        if time.time() - said.at > WEEK or isinstance(said.author, Account):
            raise FaultError(400, 10_903, "(#10903) This user cant reply to this activity")
        made = self.write(us, said.author, text, number)
        said.replied = True
        return made

    def mentioned(self, us: Account, number: str) -> Comment:
        """A comment that names us, wherever it stands. Raises FaultError."""
        said = self.comments.get(number)
        if said is None or not _names(said.text, us):
            raise FaultError(400, 100, GONE.format(number), 33)
        return said

    def mentioned_media(self, us: Account, number: str) -> Media:
        """A picture whose caption names us. Raises FaultError."""
        shown = self.media.get(number)
        if shown is None or us not in shown.names:
            raise FaultError(400, 100, GONE.format(number), 33)
        return shown


def _names(text: str, account: Account) -> bool:
    return re.search(rf"@{re.escape(account.username)}(?![\w.])", text) is not None
