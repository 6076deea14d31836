"""The board's page: one week that a director understands in a minute, on screen and on paper."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.crisis.report import html
from rejoinder.crisis.report.document import Document
from rejoinder.desk.experts import areas
from rejoinder.reporting import board as rules
from rejoinder.reporting.spans import Span, week_of
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import actor, needs, typed
from rejoinder.web.reports import theme_words
from rejoinder.web.reports.board_words import document

FIRST = 2000  # years before are mistyped


@require_GET
@needs(access.READ)
def board(request: HttpRequest) -> HttpResponse:
    """One week, with the weeks beside it."""
    span = _week(request.GET.get("week", ""))
    after = span.earlier(-1)
    values = {
        "week": span.first,
        "days": theme_words.days(span),
        "before": span.earlier(1).first,
        "after": after.first if rules.is_over(after) else None,
        "note": rules.note(span),
        "may_write": rules.may_write(actor(request)),
        "longest": rules.LONGEST,
        # Everything in it went through `tag`, which escapes.
        "report": mark_safe(html.body(_document(span, actor(request)))),  # noqa: S308
    }
    return render(request, "reports/board.html", values)


@require_GET
@needs(access.READ)
def as_pdf(request: HttpRequest) -> HttpResponse:
    """For whoever prints it, or files it."""
    from rejoinder.crisis.report.pdf import pdf  # 80 MB that nothing else needs

    span = _week(request.GET.get("week", ""))
    response = HttpResponse(pdf(_document(span, actor(request))), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="board-{span.first.isoformat()}.pdf"'
    return response


@require_POST
@needs(access.STEER)
def write(request: HttpRequest) -> HttpResponse:
    """What the board is asked for in a week."""
    span = _week(request.POST.get("week", ""))
    rules.write(actor(request), span, typed(request.POST, "text"))
    messages.success(request, _("This stands on the board's page of that week."))
    return redirect(f"{reverse('board')}?week={span.first.isoformat()}")


def _document(span: Span, reader: Advisor) -> Document:
    among = list(areas.kept())
    note = rules.note(span)
    return document(
        rules.week(span, among),
        rules.week(span.earlier(1), among, quotes=0),
        among,
        note.text if note else "",
        reader,
    )


def _week(given: str) -> Span:
    """The week of a day in the address; the newest that is over for none, and for one to come."""
    try:
        asked = week_of(date.fromisoformat(given))
        known = rules.is_over(asked) and asked.first.year > FIRST
        return asked if known else rules.last_week()
    except (ValueError, OverflowError):
        return rules.last_week()
