"""What stands in columns: what each lists, its filter, and the lines of all of them at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rejoinder.desk import queue
from rejoinder.desk.columns import kinds
from rejoinder.desk.columns.kinds import Numbers
from rejoinder.desk.columns.rules import Filter, filtered, lines
from rejoinder.desk.models import Column
from rejoinder.desk.queue import Row
from rejoinder.listening.models import Conversation, Mention, Person
from rejoinder.plumbing.among import Among
from rejoinder.team import access
from rejoinder.team.models import Advisor

LOOKED_AT = 400  # lines that a filter looks through, so that it costs the same at any size


@dataclass(frozen=True, slots=True)
class Filled:
    """A column with its lines in order; `more` says that there are others."""

    column: Column
    rows: Sequence[Row]
    more: bool


def filled(actor: Advisor, columns: Sequence[Column]) -> list[Filled]:
    """Each column with what the actor may see of it."""
    if not access.may(actor, access.READ):
        return [Filled(column, (), more=False) for column in columns]
    shown = lines(len(columns))
    asked = _fitting(columns, _listed(actor, columns, shown + 1), shown + 1)
    first = {number for numbers in asked for number in numbers[:shown]}
    talks = Conversation.objects.select_related("person", "account", "holder").in_bulk(list(first))
    rows = {row.conversation.pk: row for row in queue.lines(list(talks.values()))}
    return [
        Filled(
            column,
            [rows[number] for number in numbers[:shown] if number in rows],
            more=len(numbers) > shown,
        )
        for column, numbers in zip(columns, asked, strict=True)
    ]


def _listed(actor: Advisor, columns: Sequence[Column], shown: int) -> list[Numbers]:
    """What each column lists, before its filter. Columns that list the same are asked once."""
    many: dict[tuple[str, str], int] = {}
    for column in columns:
        of = (column.kind, column.value)
        many[of] = max(many.get(of, shown), LOOKED_AT if _filter(column) else shown)
    found = {of: kinds.listed(actor, *of, most) for of, most in many.items()}
    return [found[column.kind, column.value] for column in columns]


def _fitting(columns: Sequence[Column], asked: Sequence[Numbers], shown: int) -> list[Numbers]:
    """Of each column those that its filter lets through, in the same order.

    Most filters let enough of the first through: only for the others is more read.
    """
    wanted = [_filter(column) for column in columns]
    passed = [[] if has else numbers for has, numbers in zip(wanted, asked, strict=True)]
    for begin, end in ((0, 2 * shown), (2 * shown, LOOKED_AT)):
        short = [at for at, has in enumerate(wanted) if has and len(passed[at]) < shown]
        about = _about({number for at in short for number in asked[at][begin:end]})
        for at in short:
            known = (number for number in asked[at][begin:end] if number in about)
            passed[at] += [number for number in known if wanted[at].fits(about[number])]
    return passed


def _about(numbers: Iterable[int]) -> Mapping[int, str]:
    """What a filter looks at: last words, name and handle.

    One table after the other: a join of thousands has PostgreSQL read a whole table of people.
    """
    talks = Conversation.objects.filter(Among("pk", numbers))
    rows = list(talks.values_list("pk", "last_mention_id", "person"))
    said = Mention.objects.filter(Among("pk", (last for _pk, last, _person in rows if last)))
    words = dict(said.values_list("pk", "text"))
    people = Person.objects.filter(Among("pk", {person for _pk, _last, person in rows}))
    names = {pk: f"{name}\n{handle}" for pk, name, handle in people.values_list(*_NAMES)}
    return {pk: f"{words.get(last or 0, '')}\n{names[person]}" for pk, last, person in rows}


_NAMES = ("pk", "name", "handle")


def _filter(column: Column) -> Filter:
    return filtered(column.words, column.muted)
