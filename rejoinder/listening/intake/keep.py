"""One channel's batch of news made into rows: read what is known, then write in few statements."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from django.db import connection

from rejoinder.listening import watches
from rejoinder.listening.intake import change, late
from rejoinder.listening.intake.fold import fold
from rejoinder.listening.intake.normalise import Said, Understood
from rejoinder.listening.intake.thread import threads
from rejoinder.listening.models import Need, ReadWith
from rejoinder.listening.store import store
from rejoinder.listening.store.rows import (
    CONVERSATION,
    MENTION,
    PERSON,
    Kept,
    Known,
    Row,
    Word,
    moments,
)
from rejoinder.plumbing import clock, ids
from rejoinder.privacy import contacts
from rejoinder.privacy.contacts import Reach
from rejoinder.privacy.originals import Original, seal

PERSONS, CONVERSATIONS, MENTIONS = (
    f"listening_{name}" for name in ("person", "conversation", "mention")
)


# What columns say of our own words, and of what could not be read at a glance.
_NOT_READ: Row = (None, "", "", None, ReadWith.NOTHING.value, None)
_TO_BE_READ = Understood(Need.COMMON.value, "", "", None)
_ID, _TEXT = (MENTION.split(", ").index(name) for name in ("id", "text"))


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


@dataclass
class _Fresh:
    """New posts, and what was found for each: list by list in the same order."""

    said: list[Said]
    thread: dict[str, str]  # by external id
    person: dict[str, int]  # by the author's external id
    numbers: Sequence[int]
    written: list[str]  # when, as rows hold it
    mention: dict[str, int]  # row ids of these posts and of the kept ones that they name


class _Sum(msgspec.Struct, gc=False):
    """What a batch says in one conversation."""

    first: str
    last: str
    mention: int
    account: int | None
    alive: bool  # it waits for an answer: not deleted, no copy of another, about us
    need: int


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
    fresh, plan.came = change.with_early(channel, fresh)
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


def _copy_only_what_is_there(fresh: Sequence[Said], known: Mapping[str, Kept]) -> None:
    """Nobody stands behind an original that was deleted or never kept: they wait themselves."""
    copies = [said for said in fresh if said.copy_of]
    if copies:
        there = {said.external_id for said in fresh if not said.deleted}
        there.update(post for post, kept in known.items() if not kept.deleted)
        for said in copies:
            said.copy_of = said.copy_of if said.copy_of in there else None


def write(plan: Plan) -> list[int]:
    """Write it, in the caller's transaction; ids of conversations somebody may look at."""
    keeper = store()
    keeper.add(PERSONS, PERSON, plan.persons)
    change.rename(plan.renamed)
    keeper.add(CONVERSATIONS, CONVERSATION, plan.conversations)
    if plan.words:
        keeper.say_more(plan.words)
    if plan.mentions:
        keeper.add(MENTIONS, MENTION, plan.mentions)
        keeper.index([row[_ID] for row in plan.mentions], [row[_TEXT] for row in plan.mentions])
    if plan.originals:
        seal(plan.originals)
    if plan.reaches:
        contacts.seal(plan.reaches)
    if plan.caught:
        watches.keep(plan.caught, clock.now())
    _count(plan.channel, plan.counts)
    change.remember(plan.channel, plan.early, forget=plan.came)
    return plan.touched + change.apply(plan.changes)


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
    fresh = _Fresh(
        said,
        thread,
        _persons(plan, said),
        numbers,
        moments([one.created_at for one in said]),
        known | dict(zip((one.external_id for one in said), numbers, strict=True)),
    )
    conversation = _conversations(plan, _sums(fresh))
    plan.kept = len(said)
    plan.mentions = _mentions(plan.channel, fresh, conversation)
    plan.counts = _by_minute(said, fresh.written)
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
        (person[author], plan.channel, author, authors[author].handle, authors[author].name)
        for author in new
    ]
    plan.renamed = [
        (row.id, authors[author])
        for author, row in known.items()
        if _has_new_name(authors[author], row)
    ]
    return person


def _has_new_name(said: Said, known: Known) -> bool:
    given = said.handle or said.name
    return bool(given) and (said.handle, said.name) != (known.handle, known.name)


def _sums(fresh: _Fresh) -> dict[tuple[str, int], _Sum]:
    """What each person says in each thread; our own words are nobody's."""
    sums: dict[tuple[str, int], _Sum] = {}
    for said, number, at in zip(fresh.said, fresh.numbers, fresh.written, strict=True):
        if said.ours:
            continue
        alive = not (said.deleted or said.copy_of or said.elsewhere)
        need = (said.understood or _TO_BE_READ).need
        key = (fresh.thread[said.external_id], fresh.person[said.author_id])
        have = sums.get(key)
        if have is None or (alive and not have.alive):
            sums[key] = _Sum(at, at, number, said.account, alive, need)
        elif alive:
            have.need = min(have.need, need)
            have.first = min(have.first, at)
            if at >= have.last:
                have.last, have.mention = at, number
            have.account = have.account or said.account
    return sums


def _conversations(plan: Plan, sums: dict[tuple[str, int], _Sum]) -> dict[tuple[str, int], int]:
    """Row ids of the conversations; new ones and new words in old ones are planned."""
    newcomers = {row[_ID] for row in plan.persons}
    asked = [key for key in sums if key[1] not in newcomers]
    known = store().conversations(plan.channel, asked)
    new = [key for key in sums if key not in known]
    conversation = dict(known)
    conversation.update(zip(new, store().new_ids(CONVERSATIONS, len(new)), strict=True))
    plan.conversations = [
        _conversation(plan.channel, conversation[key], key, sums[key]) for key in new
    ]
    for key, row in known.items():
        brought = sums[key]
        plan.touched.append(row)
        if brought.alive:
            plan.words.append(
                Word(
                    row,
                    brought.first,
                    brought.last,
                    brought.mention,
                    brought.account,
                    brought.need,
                )
            )
    return conversation


def _conversation(channel: str, row: int, key: tuple[str, int], brought: _Sum) -> Row:
    return (
        row,
        ids.new_hex(),
        channel,
        *key,
        brought.account,
        brought.need,
        brought.first,
        brought.last,
        brought.first if brought.alive else None,
        False,
        brought.mention,
    )


def _mentions(channel: str, fresh: _Fresh, conversation: dict[tuple[str, int], int]) -> list[Row]:
    rows = []
    heard = moments([said.heard_at for said in fresh.said])
    for said, number, at, heard_at in zip(
        fresh.said, fresh.numbers, fresh.written, heard, strict=True
    ):
        author, name = fresh.person[said.author_id], fresh.thread[said.external_id]
        rows.append(
            (
                number,
                channel,
                said.external_id,
                said.account,
                None if said.ours else conversation[name, author],
                author,
                name,
                said.in_reply_to,
                said.text,
                at,
                heard_at,
                said.time_known,
                said.tagged,
                said.public,
                said.ours,
                said.url,
                said.language,
                said.media,
                said.ref,
                heard_at if said.edited else None,
                heard_at if said.deleted else None,
                *_understood(said, fresh.mention),
            )
        )
    return rows


def _understood(said: Said, mention: Mapping[str, int]) -> Row:
    """The reading as columns; `mention` finds the one that this is a copy of."""
    if said.ours or said.deleted:
        return _NOT_READ
    copy_of = mention.get(said.copy_of) if said.copy_of else None
    found = said.understood or _TO_BE_READ
    return (
        found.need,
        found.intent,
        found.sentiment,
        found.reading,
        ReadWith.FAST.value,
        copy_of,
    )


def _by_minute(fresh: Sequence[Said], written: Sequence[str]) -> dict[str, tuple[int, int]]:
    """How many were written in each minute, and how many of them did not tag us."""
    counts = Counter(
        (at[: len("2026-03-02 09:00")], said.tagged)
        for said, at in zip(fresh, written, strict=True)
        if not said.ours
    )
    return {
        f"{minute}:00": (counts[minute, True] + counts[minute, False], counts[minute, False])
        for minute in dict.fromkeys(minute for minute, _ in counts)
    }


def _count(channel: str, counts: dict[str, tuple[int, int]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO listening_minutecount (channel, minute, mentions, untagged) "
            "VALUES (%s, %s, %s, %s) ON CONFLICT (channel, minute) DO UPDATE SET "
            "mentions = listening_minutecount.mentions + excluded.mentions, "
            "untagged = listening_minutecount.untagged + excluded.untagged",
            [(channel, minute, *many) for minute, many in counts.items()],
        )
