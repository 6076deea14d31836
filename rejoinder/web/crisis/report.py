"""The report of a crisis in the reader's language: as a page, as a file, as a PDF."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from importlib.resources import files
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from rejoinder.crisis.models import Crisis, Promise
from rejoinder.crisis.picture.waits import Wait
from rejoinder.crisis.report import html
from rejoinder.crisis.report.document import Chart, Document, Mark, Section, Table
from rejoinder.crisis.report.gather import Record, gather
from rejoinder.crisis.report.record import Kept, tally
from rejoinder.plumbing import clock
from rejoinder.team import access
from rejoinder.team.models import Advisor, Organisation
from rejoinder.web.crisis import charts, sentences
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs
from rejoinder.web.templatetags.desk import channel_label

ROWS = 24  # of the table beside a chart


@require_GET
@needs(access.READ)
def report(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """On a page of the desk, with the files beside it."""
    crisis = _find(public_id)
    # Everything in it went through `tag`, which escapes.
    body = mark_safe(html.body(document(gather(crisis), actor(request))))  # noqa: S308
    return render(request, "crisis_report.html", {"crisis": crisis, "report": body})


@require_GET
@needs(access.READ)
def as_file(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One HTML file that needs nothing beside it."""
    crisis = _find(public_id)
    sheet = files("rejoinder.web").joinpath("static/web/report.css").read_text(encoding="utf-8")
    page = html.page(document(gather(crisis), actor(request)), sheet)
    return _file(crisis, page, "text/html; charset=utf-8", "html")


@require_GET
@needs(access.READ)
def as_pdf(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """For whoever prints it, or files it."""
    from rejoinder.crisis.report.pdf import pdf  # 80 MB that nothing else needs

    crisis = _find(public_id)
    made = pdf(document(gather(crisis), actor(request)))
    return _file(crisis, made, "application/pdf", "pdf")


def document(record: Record, reader: Advisor) -> Document:
    """What was gathered, in words."""
    sections = [
        _short(record),
        _said_how_much(record),
        _happened(record),
        _promises(record),
        _waits(record),
        _answers(record),
        _allowance(record),
    ]
    organisation = Organisation.objects.first() or Organisation()
    foot = _("Made by Rejoinder for %(name)s, %(at)s. Times are those of %(zone)s.")
    return Document(
        title=record.crisis.name,
        lead=_lead(record),
        sections=[section for section in sections if section],
        foot=foot
        % {
            "name": f"{reader.name}, {organisation.name}".rstrip(", "),
            "at": _at(clock.now(), year=True),
            "zone": timezone.get_current_timezone_name(),
        },
        language=get_language() or "en",
    )


def _find(public_id: UUID) -> Crisis:
    return get_object_or_404(Crisis, public_id=public_id)


def _file(crisis: Crisis, made: str | bytes, kind: str, ending: str) -> HttpResponse:
    response = HttpResponse(made, content_type=kind)
    day = timezone.localtime(crisis.declared_at).strftime("%Y-%m-%d")
    name = f"{day}-{slugify(crisis.name) or 'crisis'}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _lead(record: Record) -> str:
    crisis = record.crisis
    values = {
        "began": _at(crisis.began_at, year=True),
        "declared": _at(crisis.declared_at),
        "name": crisis.declared_by.name,
    }
    declared = _("It began %(began)s and was declared by %(name)s, %(declared)s.") % values
    if crisis.stood_down_at is None or crisis.stood_down_by is None:
        return f"{declared} {_('It is open still.')}"
    ended = _("%(name)s stood it down %(at)s, after %(long)s: %(why)s") % {
        "name": crisis.stood_down_by.name,
        "at": _at(crisis.stood_down_at),
        "long": words.length(crisis.stood_down_at - crisis.began_at),
        "why": crisis.why,
    }
    return f"{declared} {ended}"


def _short(record: Record) -> Section:
    """The few figures that everybody asks for first."""
    kept, late, still = tally(_kept(record.promises), record.until)
    every = int(record.volume.counts.sum())
    sentences = [
        _until_stated(record),
        ngettext("%(n)s mention was heard.", "%(n)s mentions were heard.", every)
        % {"n": words.figure(every)},
        _("Promises: %(kept)s kept in time, %(late)s broken, %(still)s still open.")
        % {"kept": kept, "late": late, "still": still},
    ]
    if record.waits.all.middle is not None and record.waits.all.most is not None:
        sentences.append(
            _("Half of the first answers came within %(middle)s, nine of ten within %(most)s.")
            % {
                "middle": words.length(record.waits.all.middle),
                "most": words.length(record.waits.all.most),
            }
        )
    return Section(_("In short"), sentences)


def _until_stated(record: Record) -> str:
    moments, took = record.moments, record.moments.until_stated
    if took is None or moments.stated_at is None:
        return _("Nothing was said in public.")
    return _("The first public word came %(long)s after the alarm, at %(at)s.") % {
        "long": _length(took),
        "at": _at(moments.stated_at),
    }


def _said_how_much(record: Record) -> Section:
    seen, bins = record.volume, record.volume.bins
    usual = seen.usual
    highest = max(seen.counts.max(), usual.high.max() if usual else 0)
    drawn = charts.volume(seen, record.crisis)
    chart = Chart(
        label=f"{drawn.label}. {drawn.sentence}",
        top=charts.rounded_top(float(highest)),
        values=[float(each) for each in seen.counts],
        usual=[float(each) for each in usual.mean] if usual else (),
        low=[float(each) for each in usual.low] if usual else (),
        high=[float(each) for each in usual.high] if usual else (),
        ticks=[Mark(_share(tick.at), tick.word) for tick in drawn.ticks],
        marks=[Mark(_share(each.at), each.word, each.anchor == "end") for each in drawn.marks],
    )
    together = -(-bins.many // ROWS)
    rows = [_row(record, at, at + together) for at in range(0, bins.many, together)]
    heads = [_("From"), _("Mentions"), _("Usual"), _("Report a problem"), _("Negative")]
    table = Table(
        _("Mentions, by %(length)s") % {"length": words.length(bins.width * together)}, heads, rows
    )
    return Section(_("How much was said"), [drawn.sentence], chart, [table])


def _row(record: Record, start: int, end: int) -> list[str]:
    """Of some bins together."""
    seen, read = record.volume, record.readings
    every = int(read.read[start:end].sum())
    shares = (int(each[start:end].sum()) for each in (read.problems, read.moods["negative"]))
    return [
        _at(seen.bins.start(start)),
        words.figure(int(seen.counts[start:end].sum())),
        words.figure(round(float(seen.usual.mean[start:end].sum()))) if seen.usual else "–",
        *(f"{100 * share / every:.0f} %" if every else "–" for share in shares),
    ]


def _happened(record: Record) -> Section:
    labels = sentences.kind_labels()
    rows = [
        [
            _at(line.at),
            labels[line.kind],
            sentences.entry_words(line),
            line.by.name if line.by else _("The desk"),
        ]
        for line in record.lines
    ]
    heads = [_("At"), _("Kind"), _("What happened"), _("Who")]
    table = Table(_("What was known, decided, said and done"), heads, rows, frozenset(range(4)), 2)
    return Section(_("What happened"), tables=[table])


def _promises(record: Record) -> Section | None:
    if not record.promises:
        return None
    rows = [
        [
            _at(each.due_at),
            sentences.promise_words(each),
            each.keeper.name,
            _standing(each, record.until),
        ]
        for each in record.promises
    ]
    heads = [_("By when"), _("What we promise"), _("Who sees to it"), _("What came of it")]
    table = Table(_("Promises, by when they were due"), heads, rows, frozenset(range(4)), 1)
    return Section(_("Promises"), tables=[table])


def _standing(promise: Promise, until: datetime) -> str:
    if promise.kept_at is None:
        return _("not kept") if promise.broken(until) else _("still open")
    at = {"at": _at(promise.kept_at), "how": sentences.clock_words(promise)}
    return _("%(how)s, %(at)s") % at


def _waits(record: Record) -> Section | None:
    needs, channels = record.waits.needs, record.waits.channels
    if not any(row.answered for row in needs):
        return None
    labels = words.need_labels()
    by_need = _wait_rows(needs, (labels[row.key] for row in needs))
    by_channel = _wait_rows(channels, (channel_label(row.key) for row in channels))
    heads = [_("First answers"), _("Half within"), _("9 of 10 within")]
    return Section(
        _("How long people waited"),
        tables=[
            Table(_("Wait by need"), [_("Need"), *heads], by_need),
            Table(_("Wait by channel"), [_("Channel"), *heads], by_channel),
        ],
    )


def _wait_rows(rows: Sequence[Wait], labels: Iterable[str]) -> list[list[str]]:
    return [
        [label, words.figure(row.answered), _length(row.middle), _length(row.most)]
        for row, label in zip(rows, labels, strict=True)
        if row.answered
    ]


def _answers(record: Record) -> Section | None:
    if not record.said:
        return None
    rows = [[each.title, str(each.revision), words.figure(each.people)] for each in record.said]
    heads = [_("Answer"), _("Newest revision"), _("People told")]
    return Section(_("Public answers"), tables=[Table(_("Who was told what"), heads, rows)])


def _allowance(record: Record) -> Section | None:
    if not record.spent:
        return None
    rows = [
        [
            f"{channel_label(each.channel)} {each.account}",
            _(each.limit),
            words.figure(each.replies),
            words.figure(each.most),
            words.figure(each.cap),
        ]
        for each in record.spent
    ]
    heads = [_("Account"), _("Limit"), _("Replies"), _("Most at once"), _("Allowed")]
    table = Table(_("Replies that left, against the limits"), heads, rows, frozenset({0, 1}))
    return Section(_("What the allowance did"), tables=[table])


def _kept(promises: Sequence[Promise]) -> list[Kept]:
    return [Kept(each.words, each.keeper.name, each.due_at, each.kept_at) for each in promises]


def _at(moment: datetime, *, year: bool = False) -> str:
    """Whoever reads a report does so on another day."""
    return date_format(timezone.localtime(moment), "j M Y, H:i" if year else "j M, H:i")


def _length(of: timedelta | None) -> str:
    if of is None:
        return "–"
    return words.length(of) if of >= timedelta(minutes=1) else _("less than a minute")


def _share(percent: str) -> float:
    return float(percent.rstrip("%")) / 100
