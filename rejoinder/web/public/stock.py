"""Making every public page from the rows, and only anew what changed since."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from rejoinder.answers.models import Leaf, Link, Revision
from rejoinder.channels.models import Account
from rejoinder.plumbing.config import config
from rejoinder.team import cosigns
from rejoinder.web.public import addresses, feed, proofs, render
from rejoinder.web.public.http import FOREVER, FRESH, Page, page
from rejoinder.web.public.render import House, Shown

HTML = "text/html; charset=utf-8"
_STATIC = Path(__file__).parents[1] / "static" / "web"


class Leads(NamedTuple):
    """Where a short link leads: to an answer, or to a page of our own elsewhere."""

    kind: Literal["answer", "link"]
    row: int
    to: str


@dataclass(frozen=True, slots=True)
class Stock:
    """Everything that can be asked for: pages by path, short links by their code, the log; and
    what each page was made of, to know next time what differs.
    """

    pages: dict[str, Page] = field(default_factory=dict)
    links: dict[str, Leads] = field(default_factory=dict)
    log: proofs.Log = field(default_factory=lambda: proofs.Log((), ()))
    missing: Page | None = None
    made_of: dict[str, Hashable] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Making:
    """One page to be made: its path, what it is made of, how, and what it is."""

    path: str
    key: Hashable
    make: Callable[[], bytes]
    kind: str = HTML
    cache: bytes = FRESH


def made(before: Stock) -> Stock:
    """The stock as the rows are now. Reads the database."""
    house = the_house()
    leaves = list(Leaf.objects.order_by("place").select_related("answer", "revision"))
    log = proofs.Log([leaf.entry for leaf in leaves], [leaf.hash for leaf in leaves])
    answers = _answers(leaves)
    wanted = [
        *(each for shown in answers for each in _pages_of(shown, house)),
        *_shared(answers, leaves, log, house),
    ]
    about = (house.name, house.zone, house.language, house.style, _handles(house))
    keys: dict[str, Hashable] = {each.path: (about, each.key) for each in wanted}
    pages = {each.path: _made(each, keys[each.path], before) for each in wanted}
    links = {
        shown[0].answer.code: Leads(
            "answer", shown[0].answer.pk, addresses.answer(shown[0].answer.slug)
        )
        for shown in answers
    }
    elsewhere = Link.objects.filter(ended_at=None).values_list("code", "pk", "url")
    links |= {code: Leads("link", row, url) for code, row, url in elsewhere}
    return Stock(pages, links, log, _page(render.missing(house).encode(), HTML, 404), keys)


def preview(draft: Revision) -> str:
    """The page of a draft as it would be."""
    public = Revision.objects.filter(answer=draft.answer, published_at__isnull=False)
    own = public.filter(language=draft.answer.language).order_by("-number").first()
    shown = Shown(draft.answer, draft, draft, [], own, [], None, preview=True)
    return render.answer(shown, the_house())


def _made(wanted: Making, key: Hashable, before: Stock) -> Page:
    known = before.pages.get(wanted.path)
    if known is not None and before.made_of.get(wanted.path) == key:
        return known
    return _page(wanted.make(), wanted.kind, cache=wanted.cache)


def _page(body: bytes, kind: str, status: int = 200, cache: bytes = FRESH) -> Page:
    https = config().base_url.startswith("https://")
    return page(body, kind, cache=cache, status=status, https=https)


def _answers(leaves: Sequence[Leaf]) -> list[list[Shown]]:
    """Every answer that was ever public, each with its revisions as they are shown."""
    places = {leaf.revision_id: leaf.place for leaf in leaves}
    rows = Revision.objects.filter(published_at__isnull=False).select_related("answer")
    by_answer: dict[int, list[Revision]] = {}
    for row in rows.order_by("answer", "language", "-number"):
        by_answer.setdefault(row.answer_id, []).append(row)
    return [_shown(found, places) for found in by_answer.values()]


def _shown(rows: Sequence[Revision], places: dict[int | None, int]) -> list[Shown]:
    """`rows` are all of one answer, newest first in each language."""
    answer = rows[0].answer
    by_language: dict[str, list[Revision]] = {}
    for row in rows:
        by_language.setdefault(row.language, []).append(row)
    own = by_language.get(answer.language, [None])[0]
    others = sorted("" if tag == answer.language else tag for tag in by_language)
    return [
        Shown(answer, row, versions[0], versions, own, others, places.get(row.pk))
        for versions in by_language.values()
        for row in versions
    ]


def _pages_of(shown: Sequence[Shown], house: House) -> Iterator[Making]:
    """Each revision under its number, and the newest of a language under that alone as well."""
    everything = tuple(each.revision.pk for each in shown)
    for each in shown:
        answer, revision = each.answer, each.revision
        own = "" if revision.language == answer.language else revision.language
        key = (revision.pk, everything, answer.withdrawn_at)
        make = _maker(each, house)
        yield Making(addresses.answer(answer.slug, own, revision.number), key, make)
        if each.is_newest:
            yield Making(addresses.answer(answer.slug, own), key, make)


def _maker(shown: Shown, house: House) -> Callable[[], bytes]:
    @cache
    def make() -> bytes:
        return render.answer(shown, house).encode()

    return make


def _shared(
    answers: Sequence[Sequence[Shown]], leaves: Sequence[Leaf], log: proofs.Log, house: House
) -> Iterator[Making]:
    own = [shown[0].own for shown in answers if not shown[0].answer.withdrawn_at]
    listed = sorted(
        (row for row in own if row), key=lambda row: (row.published_at, row.pk), reverse=True
    )
    keys = (len(leaves), leaves[-1].hash if leaves else "")
    newest = list(reversed(leaves))
    yield Making(addresses.ROOT, keys, lambda: render.index(listed, house).encode())
    yield from _who(house)
    yield Making(addresses.FEED, keys, lambda: feed.feed(newest, house), feed.TYPE)
    yield Making(addresses.LOG, keys, log.whole, proofs.TYPE)
    yield Making(house.style, 0, style, "text/css; charset=utf-8", FOREVER)
    yield Making(addresses.ICON, 0, (_STATIC / "mark.svg").read_bytes, "image/svg+xml", FOREVER)


def _who(house: House) -> Iterator[Making]:
    """Who signs our replies, while an account of ours co-signs."""
    if any(account.cosigns for account in house.accounts):
        signers = tuple(cosigns.signers())
        yield Making(addresses.WHO, signers, lambda: render.who(signers, house).encode())


@cache
def style() -> bytes:
    """The sheet of the public pages: the tokens, then what is said with them."""
    return b"\n".join(
        (_STATIC / name).read_bytes() for name in ("tokens.css", "public.css", "contact.css")
    )


def the_house() -> House:
    """Whose pages these are, as the rows say now."""
    found = render.organisation()
    return House(
        name=found.name,
        zone=found.time_zone,
        language=found.language,
        accounts=list(Account.objects.filter(disconnected_at=None).order_by("id")),
        style=f"{addresses.ROOT}style-{sha256(style()).hexdigest()[:12]}.css",
    )


def _handles(house: House) -> Hashable:
    return tuple((each.channel, each.handle) for each in house.accounts)
