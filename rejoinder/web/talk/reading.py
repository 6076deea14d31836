"""The reading of a conversation: what it says, why, and putting it right."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rejoinder.listening import correct as corrections
from rejoinder.listening import needs as needs_of
from rejoinder.listening import questions, safety
from rejoinder.listening.models import Conversation, Correction, Mention, Question, ReadWith
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame import words
from rejoinder.web.frame.acting import actor, find, needs, say, typed
from rejoinder.web.talk import reasons

MOST = 50  # questions to choose from


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a field may say; `key` is the key that says it."""

    value: str
    label: str
    chosen: bool
    key: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """The reading of one mention as the page shows it."""

    mention: Mention
    why: str
    facts: Mapping[str, str]
    needs: list[Choice]
    others: Mapping[str, tuple[str, list[Choice]]]
    asks: list[Choice]
    cards: list[str]


def shown(talk: Conversation, reader: Advisor) -> Shown | None:
    """Of the mention that gave the conversation its need; None when none was read."""
    mention = needs_of.giving(talk) if access.may(reader, access.READ) else None
    if mention is None or mention.read_with == ReadWith.NOTHING:
        return None
    return Shown(
        mention=mention,
        why=reasons.sentence(mention),
        facts=_facts(mention, lapsed=not needs_of.counts(mention, talk)),
        needs=_choices("need", mention, words.need_names(), keys=True),
        others={
            "intent": (_("About"), _choices("intent", mention, words.intent_labels())),
            "sentiment": (_("Mood"), _choices("sentiment", mention, words.sentiment_labels())),
            "safety": (_("Danger"), _choices("safety", mention, words.danger_labels())),
        },
        asks=_asked(mention, reader),
        cards=[_card(card.kind, card.owner) for card in safety.of(talk, reader)],
    )


@require_POST
@needs(access.ANSWER)
def correct(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Say what is right of the mention that is shown; the form names it."""
    talk = find(actor(request), public_id)
    rows = Mention.objects.filter(conversation=talk)
    given = typed(request.POST, "mention")
    mention = rows.filter(pk=int(given)).first() if given.isascii() and given.isdecimal() else None
    if mention is None:
        messages.error(request, _("That mention is not part of this conversation any more."))
        return redirect("conversation", public_id)
    try:
        for field in corrections.FIELDS.keys() & request.POST.keys():
            corrections.correct(mention, actor(request), field, typed(request.POST, field))
        called = typed(request.POST, "question")
        if called and called != _named(mention):
            questions.asks(mention, actor(request), called)
    except (corrections.CannotError, questions.CannotError) as error:
        say(request, error)
    else:
        messages.success(request, _("Corrected. The desk learns from it."))
    return redirect("conversation", public_id)


def _asked(mention: Mention, reader: Advisor) -> list[Choice]:
    """What a mention may be said to ask: the questions with a name, those asked last."""
    names = questions.named(reader).values_list("name", flat=True)[:MOST]
    if not names:
        return []
    own = _named(mention)
    none = [] if own else [Choice("", _("No question with a name"), chosen=True)]
    called = dict.fromkeys([*filter(None, [own]), *names])
    return none + [Choice(name, name, name == own) for name in called]


def _named(mention: Mention) -> str:
    rows = Question.objects.filter(pk=mention.question_id or 0)
    return rows.values_list("name", flat=True).first() or ""


def _choices(
    field: str, mention: Mention, labels: Mapping[str, str], *, keys: bool = False
) -> list[Choice]:
    said = corrections.said(mention, field)
    return [
        Choice(value, label, value == said, str(number) if keys else "")
        for number, (value, label) in enumerate(labels.items(), 1)
    ]


def _facts(mention: Mention, *, lapsed: bool) -> dict[str, str]:
    """What the side of the page lists, in its order; what was not found is left out."""
    found = {
        _("Need"): "" if lapsed else _need(mention),
        _("Because"): "; ".join(reasons.sentences(mention)),
        _("About"): words.intent_labels().get(mention.intent, ""),
        _("Mood"): words.sentiment_labels().get(mention.sentiment, ""),
        **_own(mention),
        _("Question"): _question(mention),
        _("Language"): _language(mention.language),
        _("Personal data"): reasons.personal(mention),
        _("Read"): _how(mention),
    }
    return {name: said for name, said in found.items() if said}


def _own(mention: Mention) -> dict[str, str]:
    """What the organisation taught its desk, under the names it gave."""
    own: dict[str, tuple[str, float]] = (mention.reading or {}).get("own", {})
    return {
        name: _("%(need)s, %(percent)d %%") % {"need": label, "percent": round(100 * confidence)}
        for name, (label, confidence) in own.items()
    }


def _need(mention: Mention) -> str:
    if mention.need is None:
        return ""
    label = words.need_labels()[mention.need]
    confidence = (mention.reading or {}).get("confidence", {}).get("need")
    if confidence is None or mention.read_with == ReadWith.ADVISOR:
        return label
    return _("%(need)s, %(percent)d %%") % {"need": label, "percent": round(100 * confidence)}


def _question(mention: Mention) -> str:
    question = Question.objects.filter(pk=mention.question_id or 0).first()
    if question is None or question.dismissed_at:
        return ""
    return question.name or _("perhaps a new one, asked by %(n)s") % {"n": question.people}


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"]) if code else ""
    except KeyError:
        return code


def _how(mention: Mention) -> str:
    if mention.read_with == ReadWith.ADVISOR:
        last = Correction.objects.filter(mention_id=mention.pk).select_related("advisor").last()
        return _("corrected by %(name)s") % {"name": last.advisor.name} if last else ""
    return _("with care") if mention.read_with == ReadWith.CAREFUL else _("at a glance")


def _card(kind: str, owner: Advisor | None) -> str:
    danger = words.danger_labels()[kind]
    if owner is None:
        return _("%(danger)s: no lead sees to it yet") % {"danger": danger}
    return _("%(danger)s: %(name)s sees to it") % {"danger": danger, "name": owner.name}
