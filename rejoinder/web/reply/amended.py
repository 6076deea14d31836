"""What became of sent replies: changed or taken back, by us or by another hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from rejoinder.listening.models import Mention
from rejoinder.outbox.models import LEAVING, UNSETTLED, Amendment, Reply, State
from rejoinder.privacy.find import masked
from rejoinder.web.frame import words


@dataclass(frozen=True, slots=True)
class Was:
    """What a reply said, until when, and why it does not any more."""

    text: str
    words: str


@dataclass(frozen=True, slots=True)
class Fate:
    """`sentence` stands below the reply, `was` are earlier words, newest first."""

    sentence: str = ""
    gone: bool = False
    was: Sequence[Was] = ()


def of(replies: Iterable[Reply]) -> dict[int, Fate]:
    """For each of them; two looks at the database for all."""
    sent = [reply for reply in replies if reply.external_id]
    changes: dict[int, list[Amendment]] = {reply.pk: [] for reply in sent}
    rows = Amendment.objects.filter(reply__in=list(changes)).select_related("advisor")
    for row in rows.order_by("id"):
        changes[row.reply_id].append(row)
    there = _heard(sent)
    found = {
        reply.pk: _fate(reply, changes[reply.pk], there.get(reply.external_id)) for reply in sent
    }
    return {reply.pk: found.get(reply.pk, Fate()) for reply in replies}


def _heard(sent: Sequence[Reply]) -> dict[str, Mention]:
    """Each as it stands on our own timeline, where we heard it there."""
    channels = {reply.account.channel for reply in sent}
    ids = [reply.external_id for reply in sent]
    rows = Mention.objects.filter(channel__in=channels, external_id__in=ids, ours=True)
    return {
        row.external_id: row for row in rows.only("external_id", "deleted_at", "edited_at", "text")
    }


def _fate(reply: Reply, changes: Sequence[Amendment], there: Mention | None) -> Fate:
    done = [row for row in changes if row.state == State.SENT and row.sent_at]
    was = [Was(row.before, _why(row)) for row in reversed(done)]
    taken = next((row for row in done if row.takes_back), None)
    if taken and taken.sent_at:
        return Fate(_by(taken, taken.sent_at), gone=True, was=was)
    if there and there.deleted_at:
        said = _("taken down there by another hand, %(at)s") % {"at": words.at(there.deleted_at)}
        return Fate(said, gone=True, was=was)
    if changes and changes[-1].state in (*LEAVING, *UNSETTLED):
        return Fate(_under_way(changes[-1]), was=was)
    if changes and changes[-1].state == State.REFUSED:
        return Fate(_("not changed: %(words)s") % {"words": changes[-1].words}, was=was)
    if there and there.edited_at and _says_other(there.text, reply.text):
        said = _("changed there by another hand, %(at)s") % {"at": words.at(there.edited_at)}
        return Fate(said, was=[Was(there.text, _("as it stands there now")), *was])
    return Fate(_by(done[-1], done[-1].sent_at or done[-1].written_at) if done else "", was=was)


def _says_other(there: str, ours: str) -> bool:
    """Whether our words are not in what stands there, where a name may stand before them.

    What was heard is kept with what is personal hidden.
    """
    return "".join(masked(ours).split()) not in "".join(there.split())


def _by(row: Amendment, at: datetime) -> str:
    sentence = (
        _("taken back by %(name)s, %(at)s: “%(why)s”")
        if row.takes_back
        else _("changed by %(name)s, %(at)s: “%(why)s”")
    )
    return sentence % {"name": row.advisor.name, "at": words.at(at), "why": row.why}


def _under_way(row: Amendment) -> str:
    if row.state == State.UNCERTAIN:
        return _("no answer to the change yet; it is tried again by itself")
    return _("being taken back") if row.takes_back else _("being changed")


def _why(row: Amendment) -> str:
    return _("said until %(at)s") % {"at": words.at(row.sent_at or row.written_at)}
