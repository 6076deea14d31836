"""All that is kept of a person, for them to read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rejoinder.crisis.report.document import Document, Section, Table
from rejoinder.team.models import Organisation


def document(kept: Mapping[str, Any]) -> Document:
    """What `privacy/rights.py` exported, in tables: what was sealed, each room, each opening.

    Of each account in turn; where there are several, each heading names its own.
    """
    organisation = Organisation.objects.first() or Organisation()
    several, first = len(kept["accounts"]) > 1, kept["accounts"][0]
    return Document(
        title=_("What is kept of you"),
        lead=_("By %(name)s, as %(person)s on %(channel)s, at %(at)s.")
        % {
            "name": organisation.name,
            "person": first["person"]["external_id"],
            "channel": first["person"]["channel"],
            "at": first["at"],
        },
        sections=[part for one in kept["accounts"] for part in _account(one, named=several)],
        foot=_("You may ask that it is put right or erased, object, and complain to a regulator."),
        language=get_language() or "en",
    )


def _account(kept: Mapping[str, Any], *, named: bool) -> Iterator[Section]:
    whose = f"{kept['person']['external_id']} ({kept['person']['channel']}): " if named else ""
    yield _section(whose + _("What lies sealed"), kept["sealed"])
    for name, rows in kept["rooms"].items():
        yield _section(whose + _("Kept in: %(room)s") % {"room": name}, rows)
    yield _section(whose + _("Who opened it, and what for"), kept["openings"])


def _section(heading: str, rows: Sequence[Mapping[str, Any]]) -> Section:
    if not rows:
        return Section(heading, [_("Nothing.")])
    kinds: dict[tuple[str, ...], list[list[str]]] = {}
    for row in rows:
        kinds.setdefault(tuple(row), []).append([_cell(value) for value in row.values()])
    tables = [
        Table(heading, heads, lines, frozenset(range(len(heads))), len(heads) - 1)
        for heads, lines in kinds.items()
    ]
    return Section(heading, tables=tables)


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(_cell(each) for each in value)
    return "–" if value is None or value == "" else str(value)
