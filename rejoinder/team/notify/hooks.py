"""Webhooks of the organisation: made with a secret that is shown once, called signed, ended."""

import secrets
from urllib.parse import urlsplit

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock
from rejoinder.plumbing import secrets as sealing
from rejoinder.plumbing.answer import NoAnswerError
from rejoinder.plumbing.http import network
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor, Call, Hook
from rejoinder.team.notify import said
from rejoinder.team.notify.rules import signature

HEADER = "Rejoinder-Signature"
TIMEOUT = 10.0  # seconds


class CannotCallError(Exception):
    """The address took it not, or is none. The message says what happened."""


def may_change(actor: Advisor) -> bool:
    """Whoever connects accounts."""
    return access.may(actor, access.CONNECT)


def make(actor: Advisor, url: str) -> tuple[Hook, str]:
    """Call this address from now on; with the secret that signs, which nobody can read again.

    Raises CannotCallError for what is no https address.
    """
    access.require(actor, access.CONNECT)
    parts = urlsplit(url.strip())
    if parts.scheme != "https" or not parts.hostname or len(url) > 1000:
        raise CannotCallError(_("Give an address that begins with https://."))
    secret = secrets.token_urlsafe(32)
    with transaction.atomic():
        hook = Hook(url=url.strip(), made_by=actor, made_at=clock.now())
        hook.sealed = sealing.seal({"secret": secret}, str(hook.public_id))
        hook.save()
        audit.line(actor, "made a webhook", parts.hostname)
    return hook, secret


def end(hook: Hook, actor: Advisor) -> None:
    """Call it no more; its secret is destroyed."""
    access.require(actor, access.CONNECT)
    with transaction.atomic():
        if Hook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=clock.now(), sealed=b""):
            audit.line(actor, "ended a webhook", urlsplit(hook.url).hostname or "")


def current() -> list[Hook]:
    """Those that are called, the oldest first."""
    return list(Hook.objects.filter(ended_at=None).order_by("id"))


def call(hook: Hook, what: Call) -> None:
    """Tell it, signed, in the language of the desk. Raises CannotCallError."""
    words = said.of(what)
    body = {
        "about": what.about,
        "subject": words.subject,
        "text": words.text,
        "url": what.url,
        "at": what.at.isoformat(),
        "round": what.round,
        "whom": what.whom,
    }
    sent = msgspec.json.encode(body)
    secret = sealing.unseal(bytes(hook.sealed), str(hook.public_id))["secret"]
    signed = signature(secret, int(clock.now().timestamp()), sent)
    try:
        answer = network().call(
            "POST",
            hook.url,
            header={HEADER: signed, "Content-Type": "application/json"},
            content=sent,
            timeout=TIMEOUT,
        )
    except NoAnswerError as error:
        raise CannotCallError(error.words) from None
    if not 200 <= answer.status < 300:
        raise CannotCallError(f"It answered {answer.status}.")
