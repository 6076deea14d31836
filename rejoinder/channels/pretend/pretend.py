"""The channel of the pretend network, for demos, rehearsals and tests."""

from datetime import datetime, timedelta
from typing import Any, ClassVar, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from rejoinder.channels import lenient, rate_headers
from rejoinder.channels.contract import (
    Can,
    Channel,
    Count,
    Field,
    Film,
    FilmLimit,
    Heard,
    Hiding,
    Identity,
    Limit,
    Observed,
    Outgoing,
    Post,
    Publication,
    Receipt,
    Refused,
    Sent,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.pretend import world
from rejoinder.channels.pretend.windows import DEFAULT
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import Answer, NoAnswerError

Shape = TypeVar("Shape")
Query = dict[str, str | int | list[str]]

PAGE = 100
FILM = 20_000_000  # bytes
SKEW = timedelta(seconds=5)  # between the network's clock and ours


class Me(Struct):
    """Who we are there, which run of the network this is, and the last thing that happened."""

    handle: str
    name: str
    run: str
    last: int


class Told(Struct):
    """One thing heard, as the network tells it."""

    number: int
    kind: str
    id: str
    author: str
    name: str
    text: str
    at: str
    tagged: bool
    url: str
    reply_to: str | None = None
    root: str | None = None
    private: bool = False
    hidden: bool = False


class Page(Struct):
    """One page of what happened: in which run, up to which number, and whether there is more."""

    happenings: list[Told]
    run: str
    last: int
    more: bool


class Kept(Struct):
    """A post of ours as the network keeps it."""

    id: str
    url: str
    text: str = ""
    reply_to: str | None = None
    root: str | None = None
    private: bool = False
    film: str = ""  # what it shows, in words


class Brought(Struct):
    """The number of a film."""

    id: str


class Stands(Struct):
    """A publication of ours as the network keeps it, and a key it was said with."""

    key: str
    id: str
    url: str
    text: str = ""
    pinned: bool = False


class Words(Struct):
    """Why the network refuses."""

    error: str = ""


class Pretend(Channel):
    """Texts of up to 280 graphemes. It knows no keys, so an uncertain send is read back."""

    name = "pretend"
    label = "Pretend network"
    glyph = "M3 4.5h10v6H8l-3 3v-3H3zM6 7.5h.01M8 7.5h.01M10 7.5h.01"
    practice = True
    can = Can(
        private=True,
        hide=True,
        publish=True,
        untagged=True,
        reads_back=True,
        film=FilmLimit(size=FILM, seconds=60),
        private_film=True,
    )
    form = (
        Field(name="url", label="Address", help="Where the pretend network answers."),
        Field(
            name="handle",
            label="Handle",
            help="Empty for the brand that the network was started with.",
            required=False,
        ),
        Field(
            name="watch",
            label="Words to watch",
            help="Posts with these are heard though nobody tags you. Separate them with commas; "
            "empty for the brand's first word.",
            required=False,
        ),
    )
    poll: ClassVar[float] = 1.0

    @classmethod
    def limits(cls) -> tuple[Limit, ...]:
        """What the network enforces unless it was told otherwise."""
        return tuple(
            Limit(name=w.name, cap=w.cap, window=w.seconds, alignment=w.alignment) for w in DEFAULT
        )

    @classmethod
    def count(cls, text: str, *, reply: bool = True) -> Count:
        """Graphemes, links in full."""
        used = world.length(text)
        return Count(used, world.LONGEST, used <= world.LONGEST)

    @classmethod
    def new_key(cls, created_at: datetime, number: int) -> str:
        """A key the network looks at only when it was started with `--keys`."""
        return f"{created_at.isoformat()}/{number}"

    def identify(self) -> Identity:
        """The brand the network was started with, or the handle that was filled in."""
        me = self._read("/api/me", Me, {"as": self.connection.settings.get("handle", "")})
        return Identity(external_id=me.handle, handle=me.handle, name=me.name, url=f"{self._url}/")

    def listen(self, cursor: dict[str, Any]) -> Heard:
        """Everything that names us, answers us or has our words, in the order it happened."""
        if "after" not in cursor:
            me = self._read("/api/me", Me, {"as": self._us})
            return Heard([], {"run": me.run, "after": me.last})
        answer = self._happenings(cursor, PAGE)
        if answer.cut:  # more than the desk takes at once
            answer = self._happenings(cursor, 1)
        page = _too_large(answer) if answer.cut else _understood(answer, Page)
        posts = [_post(told, self._us) for told in page.happenings]
        place = {"run": page.run, "after": page.last}
        told = rate_headers.draft(answer.header, clock.now())
        return Heard(posts, place, more=page.more, observed=told)

    def send(self, outgoing: Outgoing, key: str) -> Sent:
        """Post a reply as us."""
        said = {
            "as": self._us,
            "text": outgoing.text,
            "reply_to": outgoing.to,
            "via": world.OURS,
            "private": outgoing.private,
        }
        if outgoing.film:
            film = self._brought(outgoing.film)
            if not isinstance(film, Brought):
                return film
            said["film"] = film.id
        return self._posted("/api/posts", said, {"Idempotency-Key": key})

    def find_sent(self, outgoing: Outgoing, key: str) -> Receipt | None:
        """Our own post with these words, to this post, not older than the reply."""
        query: Query = {"as": self._us, "since": (outgoing.created_at - SKEW).isoformat()}
        for kept in self._read("/api/ours", list[Kept], query):
            if kept.reply_to == outgoing.to and kept.text == outgoing.text:
                return Receipt(kept.id, kept.url)
        return None

    def hide(self, hiding: Hiding) -> Sent:
        """Somebody's post that names or answers us."""
        said = {"as": self._us, "id": hiding.external_id, "hidden": hiding.hidden}
        return self._posted("/api/hidden", said, {})

    def publish(self, publication: Publication, key: str) -> Sent:
        """A post of ours with a link, pinned; changed in its place. Here keys do count."""
        said = {
            "as": self._us,
            "text": publication.text,
            "link": publication.url,
            "pin": publication.pin,
            "before": publication.external_id,
            "key": key,
        }
        return self._posted("/api/publications", said, {})

    def find_published(self, publication: Publication, key: str) -> Receipt | None:
        """What stands under the key."""
        for stands in self._read("/api/publications", list[Stands], {"as": self._us}):
            if stands.key == key:
                return Receipt(stands.id, stands.url)
        return None

    def _brought(self, film: Film) -> Brought | TryLater | Refused:
        header = {"Content-Type": film.media_type}
        url = f"{self._url}/api/films"
        query: Query = {"shows": film.alt}
        try:
            answer = self.http.call("POST", url, header=header, query=query, content=film.data)
            if answer.status in {413, 422}:
                return Refused(f"The film was not taken. {_words(answer)}".strip())
            if answer.status == 200:
                return _understood(answer, Brought)
        except (NoAnswerError, TroubleError) as error:
            return TryLater(5, error.words)
        return TryLater(_wait(answer), f"The film was not taken yet. {_words(answer)}".strip())

    def _posted(self, path: str, said: dict[str, Any], header: dict[str, str]) -> Sent:
        try:
            answer = self.http.call("POST", self._url + path, header=header, json=said)
        except NoAnswerError as error:
            words = error.words
            return Uncertain(words) if error.may_have_arrived else TryLater(5, words)
        return replace(_outcome(answer), observed=_observed(answer))

    @property
    def _url(self) -> str:
        return self.connection.settings.get("url", "").rstrip("/")

    @property
    def _us(self) -> str:
        return self.connection.external_id

    def _happenings(self, cursor: dict[str, Any], limit: int) -> Answer:
        watch = self.connection.settings.get("watch", "")
        query: Query = {"as": self._us, "limit": limit, "watch": watch}
        return self._ask("/api/happenings", query | cursor)

    def _read(self, path: str, shape: type[Shape], query: Query) -> Shape:
        return _understood(self._ask(path, query), shape)

    def _ask(self, path: str, query: Query) -> Answer:
        try:
            answer = self.http.call("GET", self._url + path, query=query)
        except NoAnswerError as error:
            raise TroubleError(error.words, after=5) from None
        if answer.status == 429:
            raise TroubleError("The pretend network asks us to slow down.", after=_wait(answer))
        if answer.status != 200:
            words = f"The pretend network answered {answer.status}. {_words(answer)}"
            raise TroubleError(words.strip(), after=5)
        return answer


def _understood(answer: Answer, shape: type[Shape]) -> Shape:
    try:
        return lenient.decode(answer.body, shape)
    except lenient.UnreadableError:
        raise TroubleError(
            "The pretend network answered something that cannot be read.", after=5
        ) from None


def _too_large(answer: Answer) -> Page:
    """What stands for a post that is larger than the desk takes: the news that there was one."""
    words = "[This post is larger than the desk takes. Read it on the network.]"
    number = int(answer.header["x-last"])
    told = Told(number, "post", f"too-large-{number}", "", "", words, "", tagged=False, url="")
    return Page([told], answer.header["x-run"], number, more=True)


def _post(told: Told, us: str) -> Post:
    if told.kind == "delete":
        return Post(external_id=told.id, kind="delete")
    return Post(
        external_id=told.id,
        kind="edit" if told.kind == "edit" else "post",
        author_id=told.author,
        handle=told.author,
        name=told.name,
        text=told.text,
        created_at=_moment(told.at),
        in_reply_to=told.reply_to,
        root=told.root,
        tagged=told.tagged,
        public=not told.private,
        shown=not told.hidden,
        ours=told.author == us,
        url=told.url,
    )


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _outcome(answer: Answer) -> Sent:
    status = answer.status
    if status == 200:
        return _receipt(answer)
    if status == 429:
        return TryLater(_wait(answer), _words(answer), limited=True)
    if 300 <= status < 400:
        return TryLater(300, "The network has moved. Correct its address.")
    if 400 <= status < 500:
        return Refused(_words(answer))
    return Uncertain(f"The pretend network answered {status}. {_words(answer)}".strip())


def _receipt(answer: Answer) -> Receipt | Uncertain:
    try:
        kept = lenient.decode(answer.body, Kept)
    except lenient.UnreadableError:
        return Uncertain("The pretend network answered something that cannot be read.")
    return Receipt(kept.id, kept.url)


def _observed(answer: Answer) -> tuple[Observed, ...]:
    """Each limit by its name, or the one nearest its end when it tells no more."""
    each = rate_headers.draft(answer.header, clock.now())
    return each or rate_headers.classic(answer.header, "x-ratelimit-")


def _wait(answer: Answer) -> float:
    after = rate_headers.retry_after(answer.header, clock.now())
    return 30.0 if after is None else max(1.0, after)


def _words(answer: Answer) -> str:
    try:
        return lenient.decode(answer.body, Words).error
    except lenient.UnreadableError:
        return ""
