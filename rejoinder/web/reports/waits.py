"""How long people wait for a first answer, with those counted who still wait."""

import csv
from collections.abc import Iterator
from dataclasses import asdict
from datetime import timedelta
from io import StringIO

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from rejoinder.plumbing import clock
from rejoinder.reporting import timeliness
from rejoinder.reporting.equal import compare as compared_by_channel
from rejoinder.reporting.equal import compare_fifths
from rejoinder.reporting.few import FEW
from rejoinder.reporting.lines import keeping as lines
from rejoinder.reporting.turns import turns
from rejoinder.reporting.waits import waits
from rejoinder.team import access, organisation
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.reports import equal, wait_groups
from rejoinder.web.reports.shown import Shown, drawn, moments, row, sentence
from rejoinder.web.templatetags.desk import channel_label

PERIODS = (1, 7, 28, 90)  # days
USUAL = 7


@require_GET
@needs(access.READ)
def report(request: HttpRequest) -> HttpResponse:
    """The page, or its figures as a file (`as` is csv or json)."""
    days = _days(request)
    now = clock.now()
    since = now - timedelta(days=days)
    found = waits(since, now, now)
    called = lines.waits(since, now)
    whole = timeliness.whole(found)
    labels = words.need_labels()
    needs_ = [row(group, labels[group.key]) for group in timeliness.by_need(found)]
    channels = [
        row(group, channel_label(group.key)) for group in timeliness.by_channel([*found, *called])
    ]
    groups = wait_groups.shown(found, actor(request))
    rows = {"all": [row(whole, "")], "need": needs_, "channel": channels}
    rows |= {each.by: each.rows for each in groups}
    changed, compared = (
        turns(actor(request), since, now),
        compared_by_channel([*found, *(call for call in called if call.need >= 0)]),
    )
    fifths = compare_fifths(found)
    if request.GET.get("as") == "json":
        told = {"days": days, "since": since, **_plain(rows), "out_of_turn": changed.many}
        told["equal_need"] = equal.plain(compared, "channel")
        told["equal_need_by_followers"] = equal.plain(fifths, "fifth")
        return _attached(JsonResponse(told), "json")
    if request.GET.get("as") == "csv":
        return _attached(HttpResponse(_lines(rows), content_type="text/csv; charset=utf-8"), "csv")
    values = {
        "days": days,
        "periods": PERIODS,
        "people": len(found),
        "sentence": sentence(whole),
        "drawn": drawn(whole.waited) if whole.waited else None,
        "moments": moments(whole.waited) if whole.waited else [],
        "by_need": needs_,
        "by_channel": channels,
        "groups": groups,
        "compares": organisation.standing().compares_advisors,
        "may_compare": access.may(actor(request), access.CONNECT),
        "turns": changed,
        "equal": equal.sentence(compared),
        "covers": equal.covers(compared, {call.channel for call in called}),
        "brought": lines.newest(),
        "may_bring": access.may(actor(request), access.STEER),
        "by_followers": equal.by_followers(fifths),
        "fifths": [
            (equal.fifth(each), each, equal.difference(each), equal.between(each))
            for each in fifths
        ],
        "followers_cover": equal.followers_cover(found),
        "compared": [(each, equal.difference(each), equal.between(each)) for each in compared],
        "few": FEW,
    }
    return render(request, "reports/waits.html", values)


@require_POST
@needs(access.CONNECT)
def compare(request: HttpRequest) -> HttpResponse:
    """Whether the page compares colleagues; in which words that was agreed."""
    stop = request.POST.get("compare") == "no"
    agreed = "" if stop else typed(request.POST, "agreed")
    try:
        if not stop and not agreed.strip():
            raise organisation.CannotChangeOrganisationError(
                _("Write with whom it was agreed, and when.")
            )
        organisation.compare_advisors(actor(request), agreed=agreed)
    except organisation.CannotChangeOrganisationError as error:
        say(request, error)
    return redirect("reports")


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked.isdecimal() and int(asked) in PERIODS else USUAL


def _plain(rows: dict[str, list[Shown]]) -> dict[str, list[dict[str, object]]]:
    return {name: [asdict(each) for each in some] for name, some in rows.items()}


def _lines(rows: dict[str, list[Shown]]) -> str:
    """One line for each group; what is suppressed stays empty."""
    file = StringIO()
    names = ["by", *Shown.__dataclass_fields__]
    writer = csv.DictWriter(file, names, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_flat(rows))
    return file.getvalue()


def _flat(rows: dict[str, list[Shown]]) -> Iterator[dict[str, object]]:
    for by, some in rows.items():
        for each in some:
            yield {"by": by, **asdict(each)}


def _attached(response: HttpResponse, kind: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="waits.{kind}"'
    return response
