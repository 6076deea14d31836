"""Keeping the calls of a line, and telling their waits beside those that the desk heard."""

import hashlib
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rejoinder.channels import registry
from rejoinder.listening.read.words import NEEDS
from rejoinder.plumbing import clock
from rejoinder.reporting.lines.read import BadLinesError, read
from rejoinder.reporting.models import LineImport, LineWait
from rejoinder.reporting.wait import Wait
from rejoinder.reporting.zone import zone
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

_ROWS = 2_000  # in one statement


def bring_in(actor: Advisor | None, line: str, raw: bytes) -> LineImport:
    """All calls of a file, or none; `actor` None: a command brought it in. Raises BadLinesError."""
    if actor is not None:
        access.require(actor, access.STEER)
    called = " ".join(line.split())
    if not called or len(called) > 40:
        raise BadLinesError(_("Name the line in 1 to 40 characters, such as: 0800 care line"))
    if called in registry.channels():
        raise BadLinesError(_("A channel of this desk is called so. Name the line otherwise."))
    calls = read(raw, zone(), NEEDS)
    try:
        with transaction.atomic():
            row = LineImport.objects.create(
                line=called,
                digest=hashlib.sha256(called.encode() + b"\0" + raw).hexdigest(),
                first_at=min(call.at for call in calls),
                last_at=max(call.at for call in calls),
                calls=len(calls),
                at=clock.now(),
                by=actor,
            )
            LineWait.objects.bulk_create(
                [LineWait(brought=row, line=called, **call._asdict()) for call in calls],
                batch_size=_ROWS,
            )
            audit.line(actor, "brought in the waits of a line", called, calls=len(calls))
    except IntegrityError:
        raise BadLinesError(_("This file was brought in before.")) from None
    return row


def take_out(row: LineImport, actor: Advisor) -> None:
    """It was the wrong file: its calls are gone."""
    access.require(actor, access.STEER)
    with transaction.atomic():
        audit.line(actor, "took out the waits of a line", row.line, calls=row.calls)
        row.delete()


def newest() -> list[LineImport]:
    """What was brought in, the newest first."""
    return list(LineImport.objects.select_related("by").order_by("-at", "-pk")[:50])


def waits(since: datetime, until: datetime) -> list[Wait]:
    """Calls that came in `since` ≤ at < `until`, by the name of their line; -1: need not known."""
    rows = LineWait.objects.filter(at__gte=since, at__lt=until).order_by("at", "pk")
    told = rows.values_list("line", "need", "at", "seconds", "answered")
    return [
        Wait(line, -1 if need is None else need, at, seconds, answered)
        for line, need, at, seconds, answered in told.iterator()
    ]
