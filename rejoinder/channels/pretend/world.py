"""The pretend network's world: people, what they said, and what happened in which order. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

import regex
from msgspec import Raw, Struct

LONGEST = 280  # graphemes; edits too
OURS = "Rejoinder"  # the client a post came by


class TooLongError(Exception):
    """The text is longer than the network takes; the message is its own words."""


class UnknownPostError(LookupError):
    """No post has this number, or it was deleted."""


class Said(Struct):
    """One post. A `text` that is Raw is sent as it stands, whatever it is."""

    id: str
    author: str
    name: str
    text: str | Raw
    at: str
    via: str
    reply_to: str | None = None
    root: str | None = None
    edited: bool = False
    deleted: bool = False
    link: str = ""
    pinned: bool = False
    private: bool = False
    hidden: bool = False
    film: str = ""  # what it shows, in words


class Happening(Struct):
    """Something a listener may want to hear, in the order in which it happened."""

    number: int
    kind: Literal["post", "edit", "delete"]
    post: Said


class World:
    """Everything that was said since the network started; nothing is kept after it ends.

    `run` tells this world from an earlier one that counted its posts from one, too.
    """

    def __init__(self, brand: str, run: str = "") -> None:
        self.brand = brand
        self.run = run
        self.handle = handle(brand)
        self.posts: dict[str, Said] = {}
        self.happenings: list[Happening] = []
        self.published: dict[str, str] = {}  # the post by its key

    def say(
        self,
        who: str,
        text: str | Raw,
        at: datetime | str,
        *,
        reply_to: str | None = None,
        via: str = "web",
        private: bool = False,
        film: str = "",
    ) -> Said:
        """Post as somebody; what is private is read by whom it names or answers, and nobody else.

        Raises TooLongError, UnknownPostError.
        """
        if isinstance(text, str):
            _fits(text)
        answered = self.alive(reply_to) if reply_to else None
        said = Said(
            id=f"{self.run}{len(self.posts) + 1}",
            author=handle(who),
            name=who,
            text=text,
            at=at.isoformat() if isinstance(at, datetime) else at,
            via=via,
            private=private,
            film=film,
            reply_to=reply_to,
            root=(answered.root or answered.id) if answered else None,
        )
        self.posts[said.id] = said
        self._happened("post", said)
        return said

    def edit(self, post: str, text: str) -> Said:
        """Change what was said. Raises TooLongError, UnknownPostError."""
        _fits(text)
        said = self.alive(post)
        said.text, said.edited = text, True
        self._happened("edit", said)
        return said

    def delete(self, post: str) -> Said:
        """Take back what was said. Raises UnknownPostError."""
        said = self.alive(post)
        said.text, said.deleted = "", True
        self._happened("delete", said)
        return said

    def hide(self, post: str, us: str, *, hidden: bool) -> Said:
        """Hide from others what somebody wrote to us, or show it again. Raises UnknownPostError."""
        said = self.alive(post)
        if said.author == us or not self.tagged(said, us):
            raise UnknownPostError("Only what others wrote to you can be hidden.")
        if said.hidden is not hidden:
            said.hidden = hidden
            self._happened("edit", said)
        return said

    def publish(
        self,
        who: str,
        text: str,
        at: datetime,
        *,
        key: str,
        link: str = "",
        pin: bool = False,
        before: str = "",
    ) -> Said:
        """Post for everybody, once under one key; `before` is the post that says this from now on.

        One post of each author is pinned. Raises TooLongError, UnknownPostError.
        """
        if key in self.published:
            return self.posts[self.published[key]]
        said = self.edit(before, text) if before else self.say(who, text, at, via=OURS)
        others = [one for one in self.posts.values() if one.author == said.author and pin]
        for one in others:
            one.pinned = False
        said.link, said.pinned = link, pin
        self.published[key] = said.id
        return said

    def alive(self, post: str) -> Said:
        """A post that was not deleted. Raises UnknownPostError."""
        said = self.posts.get(post)
        if said is None or said.deleted:
            raise UnknownPostError(f"There is no post {post}.")
        return said

    def since(self, number: int, us: str, watch: Iterable[str]) -> Iterator[Happening]:
        """What happened after a number that names us, answers us, is ours, or has our words."""
        words = [word.casefold() for word in watch]
        for happening in self.happenings[number:]:
            gone = happening.post.deleted and happening.kind != "delete"
            if not gone and self._concerns(happening.post, us, words):
                yield happening

    def tagged(self, said: Said, us: str) -> bool:
        """Whether a post names us or answers us."""
        answered = self.posts.get(said.reply_to or "")
        return f"@{us}" in _words(said) or (answered is not None and answered.author == us)

    def _concerns(self, said: Said, us: str, words: list[str]) -> bool:
        if said.author == us:
            return said.via != OURS
        text = _words(said)
        # What was deleted has no words any more; whoever heard it wants to know.
        if said.deleted or self.tagged(said, us):
            return True
        return not said.private and any(word in text for word in words)

    def _happened(self, kind: Literal["post", "edit", "delete"], said: Said) -> None:
        self.happenings.append(Happening(len(self.happenings) + 1, kind, said))


def handle(name: str) -> str:
    """A person's handle: their name without spaces, in small letters."""
    return regex.sub(r"[^\w.-]", "", name).casefold()


def length(text: str) -> int:
    """Graphemes, as a reader would count."""
    return len(regex.findall(r"\X", text))


def _fits(text: str) -> None:
    if (size := length(text)) > LONGEST:
        raise TooLongError(f"Text is too long: {size} of {LONGEST} characters.")
    if not text.strip():
        raise TooLongError("Text is empty.")


def _words(said: Said) -> str:
    text = said.text if isinstance(said.text, str) else bytes(said.text).decode(errors="replace")
    return text.casefold()
