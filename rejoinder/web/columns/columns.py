"""The page of columns, and arranging them."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from rejoinder.desk.columns import arranging
from rejoinder.desk.columns.rows import Filled, filled
from rejoinder.desk.columns.rules import Width
from rejoinder.desk.models import Column, ColumnSet
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.columns import naming
from rejoinder.web.frame.acting import actor, needs, number, say, typed

Line = tuple[Conversation, SafeString]


@require_GET
@needs(access.READ)
def columns(request: HttpRequest) -> HttpResponse:
    """A set of columns: the one that is asked for, else the first of one's own."""
    me = actor(request)
    sets, asked = arranging.sets(me), number(request, "set")
    row = next((each for each in sets if each.pk == asked), None) or arranging.first(me)
    shown = list(row.column_set.order_by("place", "id"))
    names = naming.names(shown)
    own = row.owner_id == me.pk
    values = {
        "set": row,
        "sets": sets or [row],
        "own": own,
        "columns": [
            (each, names[each.column.pk], lines) for each, lines in _drawn(me, filled(me, shown))
        ],
        "offered": naming.offered() if own else [],
        "widths": [(str(width), naming.widths()[width]) for width in Width],
        "may_answer": access.may(me, access.ANSWER),
    }
    return render(request, "columns/columns.html", values)


def _drawn(me: Advisor, columns: Sequence[Filled]) -> Iterator[tuple[Filled, list[Line]]]:
    """Each column with its lines. One that stands in several columns is drawn once."""
    drawn: dict[int, SafeString] = {}
    for column in columns:
        for row in column.rows:
            if row.conversation.pk not in drawn:
                values = {"row": row, "user": me}
                drawn[row.conversation.pk] = render_to_string("parts/row_line.html", values)
        talks = [row.conversation for row in column.rows]
        yield column, [(talk, drawn[talk.pk]) for talk in talks]


@require_POST
@needs(access.READ)
def make(request: HttpRequest) -> HttpResponse:
    """Another set, empty."""
    try:
        made = arranging.make(actor(request), typed(request.POST, "name"), [])
    except CannotError as error:
        say(request, error)
        return redirect("columns")
    return _to(made)


@require_POST
@needs(access.READ)
def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """What a colleague shares becomes one's own."""
    row = get_object_or_404(ColumnSet, pk=pk)
    try:
        return _to(arranging.copy(actor(request), row))
    except CannotError as error:
        say(request, error)
        return redirect("columns")


@require_POST
@needs(access.READ)
def change_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Its name, and whether colleagues see it."""
    row, me = get_object_or_404(ColumnSet, pk=pk), actor(request)

    def act() -> None:
        arranging.rename(me, row, typed(request.POST, "name"))
        arranging.share(me, row, shared="shared" in request.POST)

    return _done(request, row, act)


@require_POST
@needs(access.READ)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Away with a set."""
    row = get_object_or_404(ColumnSet, pk=pk)
    try:
        arranging.remove(actor(request), row)
    except CannotError as error:
        say(request, error)
    return redirect("columns")


@require_POST
@needs(access.READ)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more; `of` is its kind and, after a colon, which one. A search brings its words."""
    row = get_object_or_404(ColumnSet, pk=pk)
    kind, _colon, value = typed(request.POST, "of").partition(":")
    value = typed(request.POST, "words") if kind == "search" else value
    return _done(request, row, lambda: arranging.add(actor(request), row, kind, value))


@require_POST
@needs(access.READ)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """What a column leaves out, and how wide it is."""
    column = _column(pk)

    def act() -> None:
        arranging.change(
            actor(request),
            column,
            words=typed(request.POST, "words"),
            muted=typed(request.POST, "muted"),
            width=typed(request.POST, "width"),
        )

    return _done(request, column.of, act)


@require_POST
@needs(access.READ)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """To another place."""
    column, to = _column(pk), typed(request.POST, "to")
    at = int(to) if to.lstrip("-").isdecimal() and len(to) < 4 else column.place
    return _done(request, column.of, lambda: arranging.move(actor(request), column, at))


@require_POST
@needs(access.READ)
def take_away(request: HttpRequest, pk: int) -> HttpResponse:
    """One less."""
    column = _column(pk)
    return _done(request, column.of, lambda: arranging.take_away(actor(request), column))


def _column(pk: int) -> Column:
    return get_object_or_404(Column.objects.select_related("of"), pk=pk)


def _done(request: HttpRequest, row: ColumnSet, act: Callable[[], Any]) -> HttpResponse:
    try:
        act()
    except CannotError as error:
        say(request, error)
    return _to(row)


def _to(row: ColumnSet) -> HttpResponse:
    return redirect(f"{reverse('columns')}?set={row.pk}")
