"""What happened before a journey begins: an account on a notebook network, people who wrote."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from typing import Any, ClassVar

from rejoinder.channels import registry
from rejoinder.channels.contract import (
    Can,
    Channel,
    Connection,
    Count,
    Field,
    Film,
    FilmLimit,
    Heard,
    Hiding,
    Http,
    Identity,
    Limit,
    Outgoing,
    Publication,
    Receipt,
    Sent,
    Standing,
    TryLater,
    Uncertain,
)
from rejoinder.channels.models import Account
from rejoinder.listening.models import Conversation, Mention, Need, Person
from rejoinder.plumbing import clock

DAILY = Limit(name="day", cap=5, window=86_400)


class Notebook(Channel):
    """A network that is a list in memory: it keeps what was posted, and says what it is told to."""

    name = "notebook"
    label = "Notebook"
    glyph = "M2 2h12v12H2z"
    can = Can(
        edit=True,
        delete=True,
        hide=True,
        publish=True,
        reads_back=True,
        pictures=2,
        film=FilmLimit(size=1_000_000, seconds=60),
    )
    form: ClassVar[tuple[Field, ...]] = ()
    allows: ClassVar[tuple[Limit, ...]] = (DAILY,)
    posted: ClassVar[dict[str, tuple[datetime, str]]] = {}
    # What it has published, by where it stands.
    published: ClassVar[dict[str, Publication]] = {}
    # What the next sends come to, before the network is as usual again.
    says: ClassVar[list[Sent]] = []
    # What was changed since, by where it stands; None is taken back.
    changed: ClassVar[dict[str, str | None]] = {}
    # What others wrote that others do not see, by where it stands.
    veiled: ClassVar[set[str]] = set()
    # Whether an uncertain send is out all the same.
    keeps_uncertain: ClassVar[bool] = False
    tries: ClassVar[list[str]] = []
    # The pictures of each send that was tried, by what they show.
    carried: ClassVar[list[tuple[str, ...]]] = []
    filmed: ClassVar[list[Film | None]] = []

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        return cls.allows

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        return Count(len(text), 280, len(text) <= 280)

    @classmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        return f"key-{number}"

    def identify(self) -> Identity:
        return Identity(external_id="brand", handle="@brand")

    def listen(self, cursor: dict[str, Any]) -> Heard:
        return Heard([], cursor)

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        self.tries.append(outgoing.text)
        self.carried.append(tuple(each.alt for each in outgoing.pictures))
        self.filmed.append(outgoing.film)
        answer = (
            self.says.pop(0) if self.says else Receipt(f"post-{key}", f"https://n.example/{key}")
        )
        if isinstance(answer, Receipt) or (isinstance(answer, Uncertain) and self.keeps_uncertain):
            self.posted.setdefault(key, (clock.now(), outgoing.text))
        return answer

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        return Receipt(f"post-{key}") if key in self.posted else None

    def edit(self, standing: Standing) -> Sent:
        return self._changes(standing, standing.reply.text)

    def delete(self, standing: Standing) -> Sent:
        return self._changes(standing, None)

    def _changes(self, standing: Standing, text: str | None) -> Sent:
        there = Receipt(standing.external_id, ref=standing.ref)
        answer = self.says.pop(0) if self.says else there
        if isinstance(answer, Receipt):
            self.changed[standing.external_id] = text
        return answer

    def hide(self, hiding: Hiding) -> Sent:
        answer = self.says.pop(0) if self.says else Receipt(hiding.external_id)
        if isinstance(answer, Receipt):
            change = self.veiled.add if hiding.hidden else self.veiled.discard
            change(hiding.external_id)
        return answer

    def publish(self, publication: Publication, key: str) -> Sent:
        self.tries.append(publication.text)
        place = publication.external_id or f"page-{key}"
        there = Receipt(place, f"https://n.example/{place}", {"by": key})
        answer = self.says.pop(0) if self.says else there
        if isinstance(answer, Receipt) or (isinstance(answer, Uncertain) and self.keeps_uncertain):
            self.published[place] = publication
        return answer

    def find_published(self, publication: Publication, key: str) -> Receipt | None:
        place = publication.external_id or f"page-{key}"
        stands = self.published.get(place)
        return Receipt(place) if stands and stands.text == publication.text else None


class Letterbox(Notebook):
    """The same without a way to look what arrived."""

    name = "letterbox"
    can = Can(publish=True, reads_back=False)


class _NoHttp:
    """These networks need none."""

    def call(self, *_: Any, **__: Any) -> Any:
        raise AssertionError("the notebook is in memory")


@contextmanager
def networks(*limits: Limit) -> Iterator[type[Notebook]]:
    """The registry knows the notebook and the letterbox alone, empty, with these limits."""
    usual = registry.channels
    found = {"notebook": Notebook, "letterbox": Letterbox}
    Notebook.allows, Notebook.keeps_uncertain = limits or (DAILY,), False
    for kept in (
        Notebook.posted,
        Notebook.published,
        Notebook.changed,
        Notebook.says,
        Notebook.tries,
        Notebook.carried,
        Notebook.veiled,
        Notebook.filmed,
    ):
        kept.clear()
    registry.channels = lambda: found  # type: ignore[assignment]  # the cache's methods are not used
    try:
        yield Notebook
    finally:
        registry.channels = usual


def opened(account: Account) -> Channel:
    """The account on its network, without the guarded way out."""
    http: Http = _NoHttp()
    return registry.channel(account.channel)(Connection(settings={}, secrets={}), http)


def account(channel: str = "notebook") -> Account:
    """The brand's account there."""
    return Account.objects.filter(channel=channel).first() or Account.objects.create(
        channel=channel, external_id="brand", handle="@brand", connected_at=clock.now()
    )


_numbers = count(1)


def wrote(
    name: str,
    text: str,
    *,
    channel: str = "notebook",
    need: Need = Need.COMMON,
    thread: str = "",
    ago: timedelta = timedelta(0),
) -> Conversation:
    """Somebody outside wrote; their conversation waits. The same thread and name go on in it."""
    at, number = clock.now() - ago, next(_numbers)
    ours = account(channel)
    person, _ = Person.objects.get_or_create(
        channel=channel, external_id=name.lower(), defaults={"handle": f"@{name}", "name": name}
    )
    conversation, _ = Conversation.objects.get_or_create(
        channel=channel,
        thread=thread or f"post-{number}",
        person=person,
        defaults={"account": ours, "need": need, "opened_at": at, "last_at": at},
    )
    begun = Mention.objects.filter(channel=channel, external_id=conversation.thread).exists()
    mention = Mention.objects.create(
        channel=channel,
        external_id=f"post-{number}" if begun else conversation.thread,
        account=ours,
        conversation=conversation,
        person=person,
        thread=conversation.thread,
        text=text,
        created_at=at,
        heard_at=clock.now(),
    )
    conversation.waiting_since = conversation.waiting_since or at
    conversation.last_at, conversation.last_mention_id = at, mention.pk
    conversation.save(update_fields=["waiting_since", "last_at", "last_mention_id"])
    return conversation


def last(conversation: Conversation) -> Mention:
    """The last mention of a conversation."""
    return Mention.objects.get(id=conversation.last_mention_id or 0)


def too_fast(after: float = 600) -> TryLater:
    """What a platform says at its limit."""
    return TryLater(after, "Rate limit exceeded", limited=True)
