"""What the guard found, in words: one sentence for what all would read, one for each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from rejoinder.desk import actions as desk
from rejoinder.desk import guarding, ours, privately
from rejoinder.desk.guard import ASKS_ONCE, FINAL, IN_PUBLIC, Finding, Kind, remedied
from rejoinder.listening.models import Conversation
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame.acting import actor, find, needs, typed
from rejoinder.web.reply import counting, hinting
from rejoinder.web.talk.reasons import kind_labels


@dataclass(frozen=True, slots=True)
class Shown:
    """The block under the draft. `becomes` is the text with the remedy, empty without one."""

    sentences: Sequence[str]
    marks: SafeString
    becomes: str = ""
    needs_reason: bool = False
    may_publish: bool = False
    may_move: bool = False
    may_send: bool = True


@require_POST
@needs(access.DRAFT)
def check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """How long the draft is, and what the guard finds in it, as somebody types."""
    talk, text = find(actor(request), public_id), typed(request.POST, "text")
    guard = shown(talk, actor(request), text)
    values = {"guard": guard, "hints": hinting.shown(talk, text), "talk": talk}
    block, hints = (
        render_to_string(f"parts/{part}.html", values, request).strip()
        for part in ("guard", "hints")
    )
    return JsonResponse(
        {
            **counting.counted_in(talk, actor(request), text),
            # Who learns asks for a look at it as it is; the guard asks who sends it.
            "stops": bool(guard.sentences) and guard.may_send,
            "block": block,
            "hints": hints,
            "marks": guard.marks,
        }
    )


@require_POST
@needs(access.DRAFT)
def remedy(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Put the remedy of the guard, or what a hint suggests, into the draft."""
    talk, text = find(actor(request), public_id), typed(request.POST, "text")
    if hint := request.POST.get("hint"):
        better = hinting.taken(talk, text, hint)
    else:
        better = remedied(text, guarding.look(talk, actor(request), text))
    desk.save_draft(talk, actor(request), better or text)
    return redirect("conversation", public_id)


def shown(talk: Conversation, reader: Advisor, text: str) -> Shown:
    """What stands under a draft; nothing while nothing is wrong."""
    found = [one for one in guarding.look(talk, reader, text) if one.kind not in FINAL]
    if not found:
        return Shown((), SafeString(""))
    better = remedied(text, found)
    return Shown(
        sentences=_sentences(found, talk),
        marks=_marked(text, found),
        becomes=better if better != text else "",
        needs_reason=any(one.kind not in ASKS_ONCE for one in found),
        may_move=any(one.kind in IN_PUBLIC for one in found)
        and privately.audience(talk, reader).may_choose,
        may_send=desk.may_answer(talk, reader),
        may_publish=ours.may_keep(reader)
        and any(one.kind in {Kind.PERSONAL, Kind.LINK} for one in found),
    )


def _sentences(found: Sequence[Finding], talk: Conversation) -> list[str]:
    public = list(dict.fromkeys(filter(None, map(_in_public, found))))
    sentences = (
        [_("Everybody would read: %(what)s.") % {"what": ", ".join(public)}] if public else []
    )
    words = _own_words(talk)
    others = [words[one.kind](one.detail) for one in found if one.kind in words]
    return [*sentences, *dict.fromkeys(others)]


def _in_public(one: Finding) -> str:
    if one.kind == Kind.PERSONAL:
        return kind_labels()[one.detail]
    return {
        Kind.HEALTH: _("about somebody’s health"),
        Kind.ALONE: _("that somebody is alone"),
        Kind.WHEREABOUTS: _("where somebody is"),
        Kind.APPOINTMENT: _("when somebody is called or visited"),
    }.get(one.kind, "")


def _own_words(talk: Conversation) -> dict[Kind, Callable[[str], str]]:
    account = talk.account.handle if talk.account else ""
    return {
        Kind.SECRET: lambda detail: _("This asks for a PIN or a password. We never do."),
        Kind.ASKS_PERSONAL: lambda detail: _(
            "This asks for personal data where everybody can read the answer."
        ),
        Kind.LINK: lambda detail: (
            _("%(host)s is no domain of ours, and this is about an account.") % {"host": detail}
        ),
        Kind.NAME: lambda detail: (
            _("%(name)s is in another conversation of yours.") % {"name": detail}
        ),
        Kind.ACCOUNT: lambda detail: (
            _("They wrote to %(other)s; this leaves as %(account)s.")
            % {"other": detail, "account": account}
        ),
        Kind.UNANSWERED: lambda detail: (
            _("They asked: “%(words)s” Nothing here goes to it.") % {"words": detail}
        ),
    }


def _marked(text: str, found: Sequence[Finding]) -> SafeString:
    """The draft with the spots underlined, for the layer behind it."""
    parts, at = [], 0
    for one in sorted(found, key=lambda each: (each.start, -each.end)):
        if one.start >= at and one.end > one.start:
            parts.append((text[at : one.start], text[one.start : one.end]))
            at = one.end
    return format_html_join("", "{}<mark>{}</mark>", parts) + format_html("{}", text[at:])
