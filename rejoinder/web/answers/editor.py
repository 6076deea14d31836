"""One public answer: written, compared with what is public, read for plainness, published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from rejoinder.answers import actions, compare, editions, plain, refusals, spread, told
from rejoinder.answers.editions import Edition
from rejoinder.answers.models import Answer, Covered, Revision
from rejoinder.channels import registry
from rejoinder.channels.models import Account
from rejoinder.listening.models import Question
from rejoinder.plumbing.config import config
from rejoinder.privacy.find import Finder
from rejoinder.team import access
from rejoinder.web.answers import drafting, sentences
from rejoinder.web.answers.spreading import spread_out
from rejoinder.web.frame.acting import actor, needs, say, typed
from rejoinder.web.public import addresses
from rejoinder.web.templatetags.desk import channel_label

_finder = Finder()


@dataclass(frozen=True, slots=True)
class Line:
    """A revision in the list beside the editor, and how many were told it."""

    revision: Revision
    people: int
    channels: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(access.READ)
def answer(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The editor; posting keeps the draft, publishes it, or only looks at what is written."""
    found = get_object_or_404(Answer, public_id=public_id)
    language = request.GET.get("language", "") or found.language
    edition = _edition(found, language)
    if request.method != "POST":
        return _page(request, found, edition)
    access.require(actor(request), access.ANSWER)
    form = drafting.Writing(_plain(request))
    asked = request.POST.get("do", "keep")
    if not form.is_valid() or asked == "look":
        return _page(request, found, edition, form)
    try:
        draft = _kept(request, found, edition, form)
        if asked == "publish":
            _published(request, draft)
    except refusals.CannotError as error:
        say(request, error)
        return _page(request, found, _edition(found, language), form, status=409)
    return redirect(request.get_full_path())


def _edition(found: Answer, language: str) -> Edition:
    begun = {each.language: each for each in editions.editions(found)}
    return begun.get(language) or Edition(language, public=None, draft=None, stale=False)


def _kept(
    request: HttpRequest, found: Answer, edition: Edition, form: drafting.Writing
) -> Revision:
    draft = edition.draft
    if draft is not None and draft.written_at != _moment(form.cleaned_data["seen"]):
        raise refusals.ChangedMeanwhileError(draft.written_by.name)
    actions.tick(found, form.cleaned_data["careful"], actor(request))
    kept = actions.write(found, actor(request), form.words(), language=edition.language, seen=draft)
    if request.POST.get("do", "keep") == "keep":
        messages.success(request, _("The draft is kept. Nobody outside sees it."))
    return kept


def _published(request: HttpRequest, draft: Revision) -> None:
    revision = actions.publish(draft, actor(request), alone_why=typed(request.POST, "alone_why"))
    messages.success(request, _("It is public. The page follows within a second or two."))
    if revision.language == revision.answer.language:
        spread_out(request, revision)


def _page(
    request: HttpRequest,
    found: Answer,
    edition: Edition,
    form: drafting.Writing | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = edition.draft or edition.public
    values = {
        "answer": found,
        "edition": edition,
        "draft": edition.draft,
        "title": shown.title if shown else found.slug,
        "state": sentences.state(found, edition),
        "form": form or (drafting.of(edition.draft) if edition.draft else None),
        "own": editions.current(found),
        "lines": [_line(each) for each in editions.published(found, edition.language)],
        "may_write": actions.may_write(actor(request)) and not found.withdrawn_at,
        "may_publish": actions.may_publish(actor(request)),
        "page_url": addresses.answer(
            found.slug, "" if edition.language == found.language else edition.language
        ),
        "short_url": config().base_url + addresses.short(found.code),
        **_asides(request, found, edition),
        **(_looked(form, edition, edition.draft) if edition.draft else {}),
    }
    return render(request, "answer.html", values, status=status)


def _asides(request: HttpRequest, found: Answer, edition: Edition) -> dict[str, Any]:
    draft = edition.draft
    covered = Covered.objects.filter(answer=found, until=None).select_related("question")
    taken = Covered.objects.filter(until=None).values("question")
    free = Question.objects.exclude(name="").exclude(pk__in=taken).order_by("-last_at")[:50]
    every = editions.editions(found)
    begun = {each.language for each in every}
    return {
        "covered": covered,
        "free": free,
        "editions": [(each, dict(drafting.LANGUAGES).get(each.language)) for each in every],
        "languages": [pair for pair in drafting.LANGUAGES if pair[0] not in begun],
        "subjects": drafting.subject_labels().items(),
        "second": [
            drafting.subject_labels()[name] for name in actions.needs_second(draft)
        ] if draft else [],
        "may_check": draft is not None and actions.may_check(draft, actor(request)),
        "accounts": _accounts(draft) if draft else [],
        "out": spread.out(found),
    }  # fmt: skip


def _accounts(draft: Revision) -> list[tuple[Account, bool]]:
    before = spread.on_by_default(draft)
    return [(account, account.pk in before) for account in spread.accounts()]


def _looked(form: drafting.Writing | None, edition: Edition, draft: Revision) -> dict[str, Any]:
    """What the desk says of the words as they stand in the fields."""
    given = form.data if form else {}
    text, short = given.get("text", draft.text), given.get("short", draft.short)
    before = edition.public.text if edition.public else ""
    reading = plain.check(text, edition.language)
    return {
        "compared": compare.compare(before, text) if edition.public else [],
        "plain": sentences.plainness(reading, text),
        "personal": sentences.personal(_finder.find([text])[0]),
        "counts": _counts(short),
    }


def _counts(short: str) -> str:
    """How long the short form is, and where it does not fit."""
    connected = {a.channel for a in Account.objects.filter(disconnected_at=None)}
    too_long = [
        channel_label(name)
        for name in sorted(connected)
        if name in registry.channels() and not registry.channel(name).count(short).ok
    ]
    return sentences.length(len(short), too_long)


def _line(revision: Revision) -> Line:
    channels = told.by_channel(revision)
    words = ", ".join(f"{channel_label(name)} {many}" for name, many in channels)
    return Line(revision, sum(many for _, many in channels), words)


def _plain(request: HttpRequest) -> Any:
    """What was posted with line ends as one letter, and without what nobody can type."""
    given = request.POST.copy()
    for name in given:
        given.setlist(
            name, [v.replace("\r\n", "\n").replace("\0", "") for v in given.getlist(name)]
        )
    return given


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
