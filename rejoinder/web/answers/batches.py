"""One answer told to many: everybody looked through with the words, then how the batch goes."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from rejoinder.answers import editions
from rejoinder.answers.models import Answer, Revision
from rejoinder.budget import forecast
from rejoinder.channels.models import Account
from rejoinder.desk.batch import actions, feed
from rejoinder.desk.batch.propose import Proposal
from rejoinder.desk.models import Batch, BatchItem
from rejoinder.desk.refusals import CannotError
from rejoinder.team import access
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, needs, say, typed

SHOWN = 200  # people on one page; the next batch has the others


@dataclass(frozen=True, slots=True)
class Needs:
    """What a batch would take of an account: so many replies, of so many left."""

    account: Account
    people: int
    sentence: str


@require_GET
@needs(access.STEER)
def tell(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Whom a batch could tell; nothing is sent by looking."""
    revision, kind = _revision(public_id), _kind(request.GET)
    link = request.GET.get("link") == "yes"
    found = actions.proposals(kind, revision, actor(request), link=link)
    fit = [one for one in found if one.unfit is None]
    unfit = [one for one in found if one.unfit is not None]
    values = {
        "answer": revision.answer,
        "revision": revision,
        "kind": kind,
        "heading": headings()[kind],
        "others": [each for each in headings().items() if each[0] != kind],
        "link": link,
        "sentence": _sentence(kind, found),
        "fit": fit[:SHOWN],
        "more": len(fit) - SHOWN,
        "unfit": _counted(unfit),
        "needs": _needs(fit[:SHOWN]),
        "batches": _batches(revision.answer),
    }
    return render(request, "tell.html", values)


@require_POST
@needs(access.STEER)
def begin(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Tell the people who are ticked what stands beside them."""
    revision, kind = _revision(public_id), _kind(request.POST)
    ticked = [int(one) for one in request.POST.getlist("tell") if one.isdecimal()]
    chosen = {number: typed(request.POST, f"text-{number}") for number in ticked}
    link = request.POST.get("link") == "yes"
    try:
        batch = actions.make(kind, revision, actor(request), chosen, link=link)
    except CannotError as error:
        say(request, error)
        return redirect("tell", public_id)
    messages.success(request, _("They are told as room allows. You may stop it at any time."))
    return redirect("batch", batch.public_id)


@require_GET
@needs(access.READ)
def batch(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How far it is, and what people say to it."""
    found = _batch(public_id)
    items = BatchItem.objects.filter(batch=found).select_related("person", "conversation")
    told, unhappy = feed.heard_back(found)
    values = {
        "batch": found,
        "counts": _states(found),
        "told": told,
        "unhappy": unhappy,
        "items": items.order_by("id")[:SHOWN],
        "may_stop": found.ended_at is None and actions.may_make(actor(request)),
    }
    return render(request, "batch.html", values)


@require_POST
@needs(access.STEER)
def stop(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Nobody more is told."""
    found = _batch(public_id)
    why = typed(request.POST, "why").strip()
    if not why:
        messages.error(request, _("Say why, for whoever asks later."))
        return redirect("batch", public_id)
    left = actions.stop(found, actor(request), why)
    said = ngettext(
        "Stopped. %(n)s person is not told.", "Stopped. %(n)s people are not told.", left
    )
    messages.success(request, said % {"n": words.figure(left)})
    return redirect("batch", public_id)


def headings() -> dict[str, str]:
    """What each kind of batch does."""
    return {
        Batch.Kind.POINTERS.value: _("Point people to the answer"),
        Batch.Kind.CORRECTIONS.value: _("Correct what was said before"),
        Batch.Kind.NEWS.value: _("Tell those who raised it before"),
    }


def _revision(public_id: UUID) -> Revision:
    """What is public of the answer, in its own language."""
    answer = get_object_or_404(Answer, public_id=public_id)
    revision = editions.current(answer)
    if revision is None or answer.withdrawn_at is not None:
        raise Http404
    return revision


def _batch(public_id: UUID) -> Batch:
    rows = Batch.objects.select_related("revision__answer", "advisor", "stopped_by")
    return get_object_or_404(rows, public_id=public_id)


def _kind(values: QueryDict) -> str:
    kind = values.get("kind", "")
    return kind if kind in Batch.Kind.values else Batch.Kind.POINTERS.value


def _batches(answer: Answer) -> list[Batch]:
    rows = Batch.objects.filter(revision__answer=answer).select_related("revision", "advisor")
    return list(rows.order_by("-id")[:10])


def _sentence(kind: str, found: list[Proposal]) -> str:
    if kind == Batch.Kind.CORRECTIONS:
        said = ngettext(
            "%(n)s person was told an older version.",
            "%(n)s people were told an older version.",
            len(found),
        )
    elif kind == Batch.Kind.NEWS:
        said = ngettext(
            "%(n)s person asked this in the last four weeks and never heard this answer.",
            "%(n)s people asked this in the last four weeks and never heard this answer.",
            len(found),
        )
    else:
        said = ngettext(
            "%(n)s person waits for this answer.",
            "%(n)s people wait for this answer.",
            len(found),
        )
    return said % {"n": words.figure(len(found))}


def _needs(fit: list[Proposal]) -> list[Needs]:
    """By account: what it takes of the limit nearest its end, and how long that is at least."""
    accounts = {one.conversation.account for one in fit if one.conversation.account}
    found = []
    for account in sorted(accounts, key=lambda each: each.pk):
        people = sum(one.conversation.account == account for one in fit)
        left = [limit.replies for limit in forecast.left(account) if limit.public]
        rounds = -(-people // feed.AT_ONCE)
        values = {
            "n": words.figure(people),
            "left": words.figure(min(left)) if left else "",
            "minutes": words.figure(max(1, round(rounds * feed.EVERY / 60))),
        }
        if not left:
            sentence = _("%(n)s replies, no limit known; %(minutes)s min at least.") % values
        elif people <= min(left):
            sentence = _("%(n)s of %(left)s replies left; %(minutes)s min at least.") % values
        else:
            sentence = (
                _("%(n)s replies, and %(left)s are left: the rest leaves as room frees.") % values
            )
        found.append(Needs(account, people, sentence))
    return found


def _counted(unfit: list[Proposal]) -> list[tuple[str, int]]:
    reasons = [one.unfit for one in unfit]
    labels = _labels()
    return [(labels.get(why or "", ""), reasons.count(why)) for why in dict.fromkeys(reasons)]


def state_words(item: BatchItem) -> str:
    """Where somebody stands in a batch."""
    return _labels().get(item.why) or _state_labels()[item.state]


def _states(found: Batch) -> list[tuple[str, int]]:
    states = list(BatchItem.objects.filter(batch=found).values_list("state", flat=True))
    return [(label, states.count(state)) for state, label in _state_labels().items()]


def _state_labels() -> dict[str, str]:
    return {
        "waiting": _("To be told"),
        "queued": _("Leaving"),
        "sent": _("Told"),
        "left-out": _("Not told"),
    }


def _labels() -> dict[str, str]:
    """Why somebody is not told by a batch."""
    return {
        "urgent": _("In urgent need: a person answers them."),
        "own-case": _("A case of their own: a person answers them."),
        "abuse": _("Abuse gets no pointer."),
        "not-asked": _("Did not ask us."),
        "continued": _("We have talked with them already: a person goes on."),
        "in-hand": _("A colleague has them."),
        "told": _("Heard it already."),
        "answered": _("Is answered by now."),
        "deleted": _("Took the post back."),
        "too-long": _("The words are too long there."),
        "no-account": _("No account of ours is connected there."),
        "stopped": _("The batch was stopped."),
        "refused": _("The platform refused it."),
        "withdrawn": _("Was taken back before it left."),
    }
