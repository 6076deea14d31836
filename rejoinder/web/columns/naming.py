"""What columns are called, and which there may be."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from rejoinder.channels.models import Account
from rejoinder.desk.columns.rules import OF_ONE, Kind, Width
from rejoinder.desk.experts import areas
from rejoinder.desk.models import Column, Tag
from rejoinder.listening.models import Question, Watch
from rejoinder.web.templatetags.desk import channel_label

OFFERED = 50  # of one kind

Choice = tuple[str, str]


def names(columns: Iterable[Column]) -> dict[int, str]:
    """What each column is called; what is not there any more is said to be gone."""
    shown = list(columns)
    known = _named({Kind(each.kind) for each in shown if each.kind in OF_ONE}, shown)
    kinds = _kinds()
    found = {}
    for each in shown:
        own = known.get((each.kind, each.value)) if each.kind in OF_ONE else ""
        if each.kind == Kind.SEARCH:
            own = f"“{each.value}”"
        found[each.pk] = own or (
            _("not there any more") if each.kind in OF_ONE else kinds[Kind(each.kind)]
        )
    return found


def offered() -> list[tuple[str, list[Choice]]]:
    """Groups of what a column may list: a value for the form, and its name."""
    kinds = _kinds()
    plain = [(str(kind), kinds[kind]) for kind in Kind if kind not in OF_ONE]
    groups = [(_("Lists"), plain)]
    by_kind: dict[str, list[Choice]] = defaultdict(list)
    for (kind, value), name in _named(OF_ONE, ()).items():
        by_kind[kind].append((f"{kind}:{value}", name))
    groups += [(kinds[Kind(kind)], found[:OFFERED]) for kind, found in by_kind.items()]
    return groups


def widths() -> dict[Width, str]:
    """Each in a word."""
    return {Width.NARROW: _("narrow"), Width.USUAL: _("usual"), Width.WIDE: _("wide")}


def _kinds() -> dict[Kind, str]:
    return {
        Kind.QUEUE: _("Queue"),
        Kind.MINE: _("Mine"),
        Kind.UNASSIGNED: _("Nobody has it yet"),
        Kind.PRIVATE: _("Private messages"),
        Kind.ON_HOLD: _("On hold"),
        Kind.SCHEDULED: _("Leaving"),
        Kind.SENT: _("Sent"),
        Kind.ACCOUNT: _("Account"),
        Kind.CHANNEL: _("Channel"),
        Kind.WATCH: _("Watch"),
        Kind.QUESTION: _("Question"),
        Kind.AREA: _("Asked of an area"),
        Kind.TAG: _("Tag"),
        Kind.SEARCH: _("Search"),
    }


def _named(kinds: Iterable[Kind], columns: Iterable[Column]) -> dict[tuple[str, str], str]:
    """Names of what there is of these kinds, and of what these columns list."""
    wanted, found = set(kinds), {}
    for kind in wanted & _ROWS.keys():
        for value, name in _ROWS[kind]():
            found[str(kind), str(value)] = name
    if Kind.QUESTION in wanted:
        asked = [int(each.value) for each in columns if _is_question(each)]
        rows = Question.objects.exclude(name="").order_by("-pk")
        for question in [*rows[:OFFERED], *rows.filter(pk__in=asked)]:
            found[str(Kind.QUESTION), str(question.pk)] = question.name
    return found


def _accounts() -> list[tuple[object, str]]:
    rows = Account.objects.filter(disconnected_at=None).order_by("channel", "handle")
    return [(row.public_id, f"{row.handle} · {channel_label(row.channel)}") for row in rows]


def _channels() -> list[tuple[object, str]]:
    rows = Account.objects.filter(disconnected_at=None).order_by("channel")
    return [(each, channel_label(each)) for each in rows.values_list("channel", flat=True)]


def _watches() -> list[tuple[object, str]]:
    return list(Watch.objects.filter(enabled=True).order_by("name").values_list("pk", "name"))


def _areas() -> list[tuple[object, str]]:
    return [(area.pk, area.name) for area in areas.kept()]


def _tags() -> list[tuple[object, str]]:
    return list(Tag.objects.order_by("name").values_list("pk", "name"))


_ROWS: dict[Kind, Callable[[], list[tuple[object, str]]]] = {
    Kind.ACCOUNT: _accounts,
    Kind.CHANNEL: _channels,
    Kind.WATCH: _watches,
    Kind.AREA: _areas,
    Kind.TAG: _tags,
}


def _is_question(column: Column) -> bool:
    value = column.value
    plain = value.isascii() and value.isdecimal() and len(value) < 19
    return column.kind == Kind.QUESTION and plain
