"""All that is kept of a person, for them to read."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rejoinder.crisis.report.document import Document, Section, Table
from rejoinder.team.models import Organisation


def document(kept: Mapping[str, Any]) -> Document:
    """What `privacy/rights.py` exported, in tables: what was sealed, each room, each opening."""
    organisation = Organisation.objects.first() or Organisation()
    rooms = [
        _section(_("Kept in: %(room)s") % {"room": name}, rows)
        for name, rows in kept["rooms"].items()
    ]
    return Document(
        title=_("What is kept of you"),
        lead=_("By %(name)s, as %(person)s on %(channel)s, at %(at)s.")
        % {
            "name": organisation.name,
            "person": kept["person"]["external_id"],
            "channel": kept["person"]["channel"],
            "at": kept["at"],
        },
        sections=[
            _section(_("What lies sealed"), kept["sealed"]),
            *rooms,
            _section(_("Who opened it, and what for"), kept["openings"]),
        ],
        foot=_("You may ask that it is put right or erased, object, and complain to a regulator."),
        language=get_language() or "en",
    )


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
