"""The thread of a conversation as the page shows it: who, when, what, and where a reply is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from rejoinder.desk import helpful
from rejoinder.desk.hiding import actions as hiding_of
from rejoinder.desk.models import Assignment, Closure, Dialled, Handover, Note, Snooze
from rejoinder.desk.timeline import Entry
from rejoinder.listening.models import Conversation, Mention
from rejoinder.outbox import actions as outbox
from rejoinder.outbox import amendment, moderation
from rejoinder.outbox.models import Acknowledgement, Moderation, Picture, Reply, State
from rejoinder.privacy.find.markers import markers
from rejoinder.team import access
from rejoinder.team.models import Advisor
from rejoinder.web.frame import words
from rejoinder.web.reply import amended, replies
from rejoinder.web.reply.amended import Fate, Was
from rejoinder.web.talk import acknowledged, dialling, hiding, reasons, slept, voice
from rejoinder.web.templatetags.desk import who

Row = TypeVar("Row", Assignment, Handover)


@dataclass(frozen=True, slots=True)
class Media:
    """What came with a post: named, linked, and a picture shown to whoever asks for it.

    `place` is where it stands among the media of its post; None for what is linked alone.
    """

    url: str
    words: str
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the thread, ready for the template."""

    key: str
    kind: str
    at: datetime
    words: str = ""
    who: str = ""
    about: str = ""
    channel: str = ""
    text: str = ""
    foot: str = ""
    state: str = ""
    url: str = ""
    ours: bool = False
    gone: bool = False
    media: Sequence[Media] = field(default=())
    reply: Reply | None = None
    pictures: Iterable[Picture] = ()
    may_settle: bool = False
    may_withdraw: bool = False
    number: int = 0
    may_open: bool = False
    voice: str = ""
    voice_words: str = ""
    blurred: str = ""
    was: Sequence[Was] = ()
    may_change: bool = False
    helps: bool = False
    veil: str = ""


def lines(entries: Sequence[Entry], reader: Advisor, talk: Conversation) -> list[Line]:
    """The thread as the page shows it."""
    sent = [cast("Reply", entry.row) for entry in entries if entry.kind == "reply"]
    fates = amended.of(sent)
    posts = [cast("Mention", entry.row) for entry in entries if entry.kind == "mention"]
    moderated = moderation.newest(post for post in posts if hiding_of.can_be_hidden(post))
    return [_line(entry, reader, talk, fates, moderated) for entry in entries]


def _line(
    entry: Entry,
    reader: Advisor,
    talk: Conversation,
    fates: Mapping[int, Fate],
    moderated: Mapping[int, Moderation],
) -> Line:
    if entry.kind == "mention":
        post = cast("Mention", entry.row)
        return _mention(post, reader, talk, moderated.get(post.pk))
    if entry.kind == "reply":
        return _reply(cast("Reply", entry.row), reader, fates[entry.row.pk])
    if entry.kind == "acknowledgement":
        return _acknowledgement(cast("Acknowledgement", entry.row))
    if entry.kind == "note":
        return _note(cast("Note", entry.row))
    return Line(f"{entry.kind}-{entry.row.pk}", "event", entry.at, words=_event(entry))


def _mention(row: Mention, reader: Advisor, talk: Conversation, last: Moderation | None) -> Line:
    gone = row.deleted_at is not None
    where = voice.standing(row)
    return Line(
        key=f"mention-{row.pk}",
        kind="said",
        at=row.created_at,
        who=who(row.person),
        about=_about(row),
        channel=row.channel,
        text=_("Deleted by its author.") if gone else voice.told(row),
        foot=" · ".join(filter(None, (_fate(row), "" if gone else hiding.fate(row, last)))),
        url="" if gone else web_address(row.url),
        ours=row.ours,
        gone=gone,
        media=()
        if gone or voice.told(row) != row.text
        else [_media(item, place) for place, item in enumerate(row.media)],
        number=row.pk,
        voice=where,
        voice_words=voice.words(row, where),
        blurred=reasons.blurred(row),
        may_open=bool(markers(row.text)) and access.may(reader, access.OPEN),
        helps=access.may(reader, access.DRAFT)
        and talk.holder_id in {None, reader.pk}
        and helpful.helps(row, talk),
        veil=_veil(row, reader, talk),
    )


def _veil(row: Mention, reader: Advisor, talk: Conversation) -> str:
    """What the reader may do about who sees a post there; empty for nothing."""
    theirs = row.conversation_id == talk.pk and row.deleted_at is None
    if not theirs or not hiding_of.can_be_hidden(row) or not access.may(reader, access.ANSWER):
        return ""
    if row.hidden:
        return _("Let others see it")
    return _("Hide from others") if hiding_of.may_hide(row, reader) else ""


def _about(row: Mention) -> str:
    said = [words.plain(row.person.handle)] if row.person.name else []
    said.append(_("public") if row.public else _("private message"))
    said.append(_way(row))
    if not row.tagged and not row.ours:
        said.append(_("not tagged"))
    if how := replies.answered(row):
        said.append(_("answered by hand") if how == replies.HAND else _("answered by API"))
    if not row.time_known:
        said.append(_("time not told"))
    return " · ".join(part for part in said if part)


def _way(row: Mention) -> str:
    """How somebody came who came by hand, or what kind of question the form says it is."""
    ways = {
        "letter": _("by letter"),
        "visit": _("at the counter"),
        "callback": _("asks for a call"),
        "privacy": _("to the data-protection office"),
    }
    here = row.channel in {"phone", "webform"}
    return ways.get(str(row.ref.get("kind", "")), "") if here else ""


def _fate(row: Mention) -> str:
    if row.deleted_at:
        return _("deleted by its author, %(at)s") % {"at": words.at(row.deleted_at)}
    if row.edited_at:
        return _("edited by its author, %(at)s") % {"at": words.at(row.edited_at)}
    return ""


def _media(item: dict[str, Any], place: int) -> Media:
    kinds = {
        "image": _("Picture"),
        "video": _("Film"),
        "audio": _("Sound"),
    }
    kind = kinds.get(str(item.get("kind")), _("File"))
    alt = str(item.get("alt") or "") or _("not described")
    url = web_address(str(item.get("url", "")))
    shows = bool(url) and item.get("kind") == "image"
    return Media(url, f"{kind}: {alt}", place if shows else None)


def web_address(url: str) -> str:
    """The address if a browser may follow it. What people post is no place for javascript:."""
    try:
        return url if urlsplit(url).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


def _reply(row: Reply, reader: Advisor, fate: Fate) -> Line:
    leaving = outbox.may_withdraw(row, reader)
    return Line(
        key=f"reply-{row.public_id}",
        kind="said",
        at=row.sent_at or row.written_at,
        who=row.account.name or row.account.handle,
        about=_by(row),
        channel=row.account.channel,
        text=row.text,
        foot=" · ".join(filter(None, (replies.state_words(row), _begun(row), fate.sentence))),
        state=row.state,
        url="" if fate.gone else web_address(row.url),
        ours=True,
        gone=fate.gone,
        was=fate.was,
        reply=row,
        pictures=row.pictures.all(),
        may_change=amendment.may_amend(row, reader) and not fate.gone and replies.changeable(row),
        may_withdraw=leaving,
        may_settle=row.state == State.UNCERTAIN
        and not replies.reads_back(row)
        and outbox.may_settle(row, reader),
    )


def _begun(row: Reply) -> str:
    """For colleagues: what nobody of them wrote from an empty box."""
    return _("begun by a machine") if row.machine_at else ""


def _acknowledgement(row: Acknowledgement) -> Line:
    return Line(
        key=f"acknowledgement-{row.public_id}",
        kind="said",
        at=row.sent_at or row.written_at,
        who=row.account.name or row.account.handle,
        about=acknowledged.about(row),
        channel=row.account.channel,
        text=row.text,
        foot=acknowledged.foot(row),
        state=row.state,
        ours=True,
    )


def _by(row: Reply) -> str:
    sentence = _("private · %(name)s") if row.private else _("public · %(name)s")
    return sentence % {"name": row.advisor.name}


def _note(row: Note) -> Line:
    about = _("note, only we can read this")
    return Line(f"note-{row.pk}", "note", row.at, who=row.advisor.name, about=about, text=row.text)


def _event(entry: Entry) -> str:
    row = entry.row
    if isinstance(row, Assignment):
        return _taken(row)
    if isinstance(row, Handover):
        sentence = _("%(giver)s handed over to %(taker)s, %(at)s.")
        said = sentence % {"giver": row.giver, "taker": row.taker, "at": words.at(row.at)}
        if row.due_at:
            said = f"{said} " + _("Due %(at)s.") % {"at": words.at(row.due_at)}
        return f"{said} “{row.note}”" if row.note else said
    if isinstance(row, Snooze):
        return _slept(row, back=entry.kind == "back")
    if isinstance(row, Dialled):
        return dialling.ended(row)
    closure = cast("Closure", row)
    sentence = _("%(name)s closed it, %(at)s: “%(why)s”")
    return sentence % {"name": closure.advisor, "at": words.at(closure.at), "why": closure.why}


def _taken(row: Assignment) -> str:
    return _("%(name)s took it, %(at)s.") % {"name": row.advisor, "at": words.at(row.at)}


def _slept(row: Snooze, *, back: bool) -> str:
    if back:
        said = _("Back %(at)s: %(why)s.")
        return said % {"at": words.at(row.woken_at or row.at), "why": slept.reasons()[row.back]}
    values = {"name": row.advisor, "at": words.at(row.at), "until": words.at(row.until)}
    if row.event == Snooze.Event.WORKED:
        return _("%(name)s wants to know on %(until)s whether it worked.") % values
    if event := slept.events().get(row.event):
        return _("%(name)s put it aside %(event)s, %(at)s.") % (values | {"event": event})
    return _("%(name)s put it aside until %(until)s, %(at)s.") % values
