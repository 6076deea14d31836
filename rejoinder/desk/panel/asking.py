"""Asking about the person of a conversation: signed, in a few seconds, and kept nowhere."""

import secrets

import msgspec
from django.utils.translation import gettext as _

from rejoinder.desk.identity.rules import LASTS
from rejoinder.desk.models import IdentityCheck
from rejoinder.desk.panel import signed, system
from rejoinder.desk.refusals import CannotError
from rejoinder.listening.models import Conversation
from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import NoAnswerError
from rejoinder.plumbing.http import network
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor

TIMEOUT = 4.0  # seconds; somebody waits at the page


def may_ask(talk: Conversation, actor: Advisor) -> bool:
    """Whoever has it and may open what is masked, once a system is connected."""
    mine = talk.holder_id == actor.pk and access.may(actor, access.OPEN)
    return mine and system.current() is not None


def proof(talk: Conversation) -> IdentityCheck | None:
    """The check that they passed here within a day."""
    since = clock.now() - LASTS
    rows = IdentityCheck.objects.filter(conversation=talk, passed=True, ended_at__gt=since)
    return rows.order_by("-ended_at").first()


def ask(talk: Conversation, actor: Advisor) -> signed.Facts:
    """What is known about them. Raises CannotError when nothing usable comes back.

    The audit line is written first: who asked stands there also when no answer came; no
    fact does.
    """
    access.require(actor, access.OPEN)
    row = system.current()
    if row is None or not may_ask(talk, actor):
        raise CannotError(_("Take the conversation first; then your customer system is asked."))
    check = proof(talk)
    audit.line(actor, "asked the customer system about", talk.public_id, proved=check is not None)
    asked = signed.Question(
        conversation=str(talk.public_id),
        channel=talk.channel,
        external_id=talk.person.external_id,
        handle=talk.person.handle,
        reference=check.reference if check else "",
    )
    body = msgspec.json.encode(asked)
    at, nonce = int(clock.now().timestamp()), secrets.token_urlsafe(16)
    header = {
        signed.HEADER: signed.signature(system.secret(row), at, nonce, body),
        "Content-Type": "application/json",
    }
    try:
        answer = network().call("POST", row.url, header=header, content=body, timeout=TIMEOUT)
    except NoAnswerError as error:
        raise CannotError(_no_answer(error.words)) from None
    if answer.status == 404:
        return signed.Facts()
    if answer.status != 200:
        raise CannotError(_no_answer(str(answer.status)))
    try:
        return signed.read(answer.body, proved=check is not None)
    except signed.BadFactsError:
        raise CannotError(_no_answer(_("no list of facts"))) from None


def _no_answer(why: str) -> str:
    words = _("Your customer system gave no usable answer (%(why)s). Go on without, or try again.")
    return words % {"why": why}
