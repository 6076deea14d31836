"""One channel's batch of news: what is known of it is read, and what to write is decided."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rejoinder.listening import blocked
from rejoinder.listening.intake import change, late, unheard
from rejoinder.listening.intake.as_rows import (
    Fresh,
    Sum,
    by_minute,
    conversation_row,
    mention_rows,
    sums_of,
)
from rejoinder.listening.intake.fold import fold
from rejoinder.listening.intake.normalise import DOUBLE, Said
from rejoinder.listening.intake.thread import threads
from rejoinder.listening.store import store
from rejoinder.listening.store.rows import (
    CONVERSATIONS,
    MENTIONS,
    PERSONS,
    Kept,
    Known,
    Row,
    Word,
    moments,
)
from rejoinder.privacy.contacts import Reach
from rejoinder.privacy.originals import Original


@dataclass
class Plan:
    """What one batch will write. Only `write` changes rows that others may wait for."""

    channel: str
    heard: int
    kept: int = 0
    persons: list[Row] = field(default_factory=list)
    renamed: list[tuple[int, Said]] = field(default_factory=list)
    conversations: list[Row] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    changes: list[change.Changed] = field(default_factory=list)
    early: list[Said] = field(default_factory=list)
    came: list[str] = field(default_factory=list)
    originals: list[Original] = field(default_factory=list)
    reaches: list[Reach] = field(default_factory=list)
    caught: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    touched: list[int] = field(default_factory=list)


def prepare(channel: str, heard: Sequence[Said]) -> Plan:
    """Read what is known and decide what to write; call it inside `store().alone()`."""
    plan = Plan(channel, len(heard))
    news = fold(heard)
    asked = {said.external_id for said in news}
    asked.update(said.up for said in news if said.up)
    asked.update(said.copy_of for said in news if said.copy_of)
    known = store().mentions(channel, list(asked))
    fresh = [said for said in news if said.whole and said.external_id not in known]
    plan.changes = change.of(channel, news, known)
    plan.early = [said for said in news if not said.whole and said.external_id not in known]
    fresh = unheard.kept(channel, fresh)
    fresh, plan.came = change.with_early(channel, fresh)
    _keep_from_the_queue(channel, fresh)
    _copy_only_what_is_there(fresh, known)
    news_kept = [*fresh, *(changed.said for changed in plan.changes)]
    plan.originals = [
        Original(channel, said.external_id, said.original, said.author_id)
        for said in news_kept
        if said.original
    ]
    plan.reaches = [
        Reach(channel, said.author_id, told.kind, told.value)
        for said in news_kept
        for told in said.contacts
    ]
    if fresh:
        thread = _threads(channel, fresh, {post: kept.thread for post, kept in known.items()})
        _plan_rows(plan, fresh, thread, {post: kept.id for post, kept in known.items()})
    return plan


def _keep_from_the_queue(channel: str, fresh: Iterable[Said]) -> None:
    """Whoever is blocked is kept and read, and nobody waits for an answer."""
    authors = blocked.authors(channel)
    if authors:
        for said in fresh:
            said.elsewhere = said.elsewhere or said.author_id in authors


def _copy_only_what_is_there(fresh: Sequence[Said], known: Mapping[str, Kept]) -> None:
    """Nobody stands behind an original that was deleted or never kept: they wait themselves."""
    copies = [said for said in fresh if said.copy_of]
    if copies:
        there = {said.external_id for said in fresh if not said.deleted}
        there.update(post for post, kept in known.items() if not kept.deleted)
        for said in copies:
            said.copy_of = said.copy_of if said.copy_of in there else None


def _threads(channel: str, fresh: Iterable[Said], known: dict[str, str]) -> dict[str, str]:
    """The thread of each new post; threads that turn out to be one are joined first."""
    ups = {said.external_id: said.up for said in fresh}
    hanging = [post for post, up in ups.items() if up]
    names = store().names(channel, hanging) if hanging else ()
    found, renamed = threads(ups, known, names)
    if renamed:
        late.join(channel, renamed)
    return found


def _plan_rows(plan: Plan, said: list[Said], thread: dict[str, str], known: dict[str, int]) -> None:
    numbers = store().new_ids(MENTIONS, len(said))
    fresh = Fresh(
        said,
        thread,
        _persons(plan, said),
        numbers,
        moments([one.created_at for one in said]),
        known | dict(zip((one.external_id for one in said), numbers, strict=True)),
    )
    conversation = _conversations(plan, sums_of(fresh))
    plan.kept = len(said)
    plan.mentions = mention_rows(plan.channel, fresh, conversation)
    plan.counts = by_minute(said, fresh.written)
    plan.caught = [
        (number, one.caught) for number, one in zip(numbers, said, strict=True) if one.caught
    ]


def _persons(plan: Plan, fresh: Iterable[Said]) -> dict[str, int]:
    """Row ids of the authors by their external id; new ones and new names are planned."""
    authors = {said.author_id: said for said in fresh}
    known = store().persons(plan.channel, list(authors))
    new = [author for author in authors if author not in known]
    person = {author: row.id for author, row in known.items()}
    person.update(zip(new, store().new_ids(PERSONS, len(new)), strict=True))
    plan.persons = [
        (person[author], plan.channel, author, said.handle, said.name, said.followed)
        for author, said in ((author, authors[author]) for author in new)
    ]
    plan.renamed = [
        (row.id, authors[author])
        for author, row in known.items()
        if _has_new_name(authors[author], row) or _is_followed_otherwise(authors[author], row)
    ]
    return person


def _has_new_name(said: Said, known: Known) -> bool:
    given = said.handle or said.name
    return bool(given) and (said.handle, said.name) != (known.handle, known.name)


def _is_followed_otherwise(said: Said, known: Known) -> bool:
    """Twice as many, or half: less is not worth a row."""
    if said.followed is None:
        return False
    return known.followed is None or abs(said.followed - known.followed) >= DOUBLE


def _conversations(plan: Plan, sums: dict[tuple[str, int], Sum]) -> dict[tuple[str, int], int]:
    """Row ids of the conversations; new ones and new words in old ones are planned."""
    newcomers = {row[0] for row in plan.persons}
    asked = [key for key in sums if key[1] not in newcomers]
    known = store().conversations(plan.channel, asked)
    new = [key for key in sums if key not in known]
    conversation = dict(known)
    conversation.update(zip(new, store().new_ids(CONVERSATIONS, len(new)), strict=True))
    plan.conversations = [
        conversation_row(plan.channel, conversation[key], key, sums[key]) for key in new
    ]
    brought: dict[int, list[Sum]] = {}
    for key, row in known.items():
        brought.setdefault(row, []).append(sums[key])
    plan.touched = list(brought)
    for row, parts in brought.items():
        alive = [each for each in parts if each.alive]
        if alive:
            plan.words.append(_word(row, alive))
    return conversation


def _word(row: int, parts: Sequence[Sum]) -> Word:
    """What several threads bring to one conversation, where somebody joined two by hand."""
    last = max(parts, key=lambda each: each.last)
    first = min(each.first for each in parts)
    need = min(each.need for each in parts)
    return Word(row, first, last.last, last.mention, last.account, need)
