"""One check: offered in private, begun by the person, settled by the organisation's system."""

import re
import secrets

from django.core import signing
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from rejoinder.channels import reference
from rejoinder.desk import mine, privately, refusals
from rejoinder.desk.identity import only_private, rules, signed, system
from rejoinder.desk.models import IdentityCheck
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock, live
from rejoinder.plumbing.config import config
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

_SIGNER = signing.Signer(salt="identity", sep=".")
_METHOD = re.compile(r"[A-Za-z0-9 _-]{1,40}")


def may_offer(conversation: Conversation, actor: Advisor) -> bool:
    """Whoever has it, once a system is connected and the reply is for its reader alone."""
    if not mine.may_answer(conversation, actor) or system.current() is None:
        return False
    return privately.audience(conversation, actor).private


def offer(conversation: Conversation, actor: Advisor) -> IdentityCheck:
    """A link of its own, in the draft of a private reply. Raises CannotError."""
    access.require(actor, access.ANSWER)
    _check(conversation, actor)
    with transaction.atomic():
        Conversation.objects.select_for_update().get(pk=conversation.pk)
        earlier = IdentityCheck.objects.filter(conversation=conversation)
        now = clock.now()
        if not rules.may_offer(list(earlier.values_list("offered_at", flat=True)), now):
            raise CannotError(_("Three checks within a day are the most. Offer a call instead."))
        earlier.filter(passed=None, ended_at=None).update(ended_at=now)
        made = IdentityCheck.objects.create(
            reference=reference.spell(secrets.randbits(reference.BITS)),
            conversation=conversation,
            offered_by=actor,
            offered_at=now,
        )
        _tell(made, actor, "offered an identity check in")
    return made


def address(check: IdentityCheck) -> str:
    """Where the person begins it."""
    return f"{config().base_url}{only_private.PATH}/{_SIGNER.sign(check.public_id.hex)}"


def found(token: str) -> IdentityCheck | None:
    """The check of a link that we signed."""
    try:
        number = _SIGNER.unsign(token)
    except signing.BadSignature:
        return None
    return IdentityCheck.objects.filter(public_id=number).first()


def begin(check: IdentityCheck, back: str) -> str:
    """The signed address of the organisation's system, to which the person goes now.

    Raises CannotError when the check has ended, or was begun often enough.
    """
    asked = system.current()
    now = clock.now()
    if asked is None or not rules.may_begin(check.known(), now):
        raise CannotError(_("This check has ended. Ask the colleague who sent it for another."))
    nonce = secrets.token_urlsafe(24)
    row = IdentityCheck.objects.filter(pk=check.pk, starts=check.starts, passed=None, ended_at=None)
    if not row.update(begun_at=now, starts=F("starts") + 1, nonce=nonce):
        raise CannotError(_("This check was begun a moment ago in another window."))
    values = {
        "ref": check.reference,
        "at": str(int(now.timestamp())),
        "nonce": nonce,
        "back": back,
    }
    return signed.request(asked.url, system.secret(asked), values)


def settle(header: str, body: bytes) -> IdentityCheck:
    """What the organisation's system said, once. Raises BadAnswerError, and CannotError when it
    answers nothing that is asked now: an answer that is played again is refused.
    """
    asked = system.current()
    if asked is None:
        raise signed.BadAnswerError
    now = clock.now()
    said = signed.answer(system.secret(asked), header, body, int(now.timestamp()))
    if not _METHOD.fullmatch(said.method):
        raise signed.BadAnswerError
    with transaction.atomic():
        check = IdentityCheck.objects.filter(reference=said.ref, nonce=said.nonce).first()
        if not said.nonce or check is None or not rules.may_settle(check.known(), now):
            raise CannotError(_("Nothing is asked that this answers."))
        open_ = IdentityCheck.objects.filter(pk=check.pk, passed=None, nonce=said.nonce)
        settled = {"passed": said.result == "passed", "method": said.method, "ended_at": now}
        if not open_.update(**settled, nonce=""):
            raise CannotError(_("Nothing is asked that this answers."))
        _tell(check, None, "an identity check was answered in")
    check.refresh_from_db()
    return check


def _check(conversation: Conversation, actor: Advisor) -> None:
    if not mine.may_answer(conversation, actor):
        holder = conversation.holder
        raise refusals.NotYoursError(str(holder) if holder else None)
    if system.current() is None:
        raise CannotError(_("No system is connected that could check. An owner connects one."))
    if not privately.audience(conversation, actor).private:
        raise only_private.in_public()
    system.require_own_door()


def _tell(check: IdentityCheck, actor: Advisor | None, did: str) -> None:
    talk = check.conversation
    live.changed(live.conversation(talk.public_id))
    audit.line(actor, did, talk.public_id, reference=check.reference)
