"""Fills the tables with many made-up conversations, quickly, in the database itself."""

from django.db import connection, transaction

from rejoinder.channels.models import Account
from rejoinder.plumbing import clock

CHANNEL = "pretend"
CHUNK = 250_000

# One row of each table per conversation, spread over needs and over the minutes before now.
_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT %(first)s UNION ALL SELECT i + 1 FROM n "
    "WHERE i < %(last)s)",
    "postgresql": "WITH n(i) AS (SELECT generate_series(%(first)s::bigint, %(last)s::bigint))",
}
_UUID = {
    "sqlite": "printf('%%032x', i)",
    "postgresql": "lpad(to_hex(i), 32, '0')::uuid",
}
# Of one width, so that they sort as they were made, like the ids of most platforms.
_NAME = {"sqlite": "printf('%%09d', i)", "postgresql": "lpad(i::text, 9, '0')"}
_AT = {
    "sqlite": "strftime('%%Y-%%m-%%d %%H:%%M:%%S', %(now)s, '-' || (%(all)s - i) || ' seconds')",
    "postgresql": "%(now)s::timestamptz - (%(all)s - i) * interval '1 second'",
}
_NO, _YES = {"sqlite": "0", "postgresql": "false"}, {"sqlite": "1", "postgresql": "true"}


def seed(conversations: int, *, words: bool = False) -> Account:
    """Adds that many open conversations of one mention each, and returns their account.

    Ids go on from those there are. With `words` they can be searched, which takes longer.
    """
    account = Account.objects.filter(channel=CHANNEL).first() or Account.objects.create(
        channel=CHANNEL, external_id="brand", handle="@brand", connected_at=clock.now()
    )
    start = _last_id()
    for first in range(start + 1, start + conversations + 1, CHUNK):
        last = min(first + CHUNK - 1, start + conversations)
        with transaction.atomic():
            _insert(first, last, start + conversations, account, words=words)
    _settle()
    return account


def _last_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM listening_conversation")
        return int(cursor.fetchone()[0])


def _insert(first: int, last: int, total: int, account: Account, *, words: bool) -> None:
    now = clock.now().strftime("%Y-%m-%d %H:%M:%S")
    if connection.vendor == "postgresql":
        now += "+00"
    values: dict[str, str | int] = {
        "first": first,
        "last": last,
        "all": total,
        "now": now,
        "account": account.pk,
    }
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # foreign keys are right by the way they are made
            cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in _statements(connection.vendor)[: 4 if words else 3]:
            cursor.execute(statement, values)


def _statements(vendor: str) -> tuple[str, ...]:
    numbers, name, at = _NUMBERS[vendor], _NAME[vendor], _AT[vendor]
    no, yes = _NO[vendor], _YES[vendor]
    persons = f"""
        INSERT INTO listening_person (id, channel, external_id, handle, name)
        {numbers}
        SELECT i, '{CHANNEL}', 'person-' || {name}, '@person' || i, 'Person ' || i FROM n"""
    conversations = f"""
        INSERT INTO listening_conversation
        (id, public_id, channel, thread, person_id, account_id, need, opened_at, last_at,
         waiting_since, reopened, last_mention_id)
        {numbers}
        SELECT i, {_UUID[vendor]}, '{CHANNEL}', 'post-' || {name}, i, %(account)s,
        i %% 4, {at}, {at}, {at}, {no}, i FROM n"""
    mentions = f"""
        INSERT INTO listening_mention
        (id, channel, external_id, account_id, conversation_id, person_id, thread, text,
         created_at, heard_at, time_known, tagged, public, ours, url, language, media, ref)
        {numbers}
        SELECT i, '{CHANNEL}', 'post-' || {name}, %(account)s, i, i, 'post-' || {name},
        '@brand no signal in street ' || i || ' since the morning', {at}, {at},
        {yes}, {yes}, {yes}, {no}, '', '', '[]', '{{}}' FROM n"""
    return (persons, conversations, mentions, _words(vendor))


def _words(vendor: str) -> str:
    columns = "mention_id, words" if vendor == "postgresql" else "rowid, text"
    words = "to_tsvector('simple', text)" if vendor == "postgresql" else "text"
    return (
        f"INSERT INTO listening_search ({columns}) "
        f"SELECT id, {words} FROM listening_mention WHERE id BETWEEN %(first)s AND %(last)s"
    )


def _settle() -> None:
    """As a desk that has run for a while: sequences moved on, statistics known."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("ANALYZE")
            return
        for table in ("person", "conversation", "mention"):
            name = f"listening_{table}"
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), max(id)) FROM {name}"
            )
        cursor.execute("VACUUM ANALYZE")
