"""Calling somebody on their own devices: each browser joined by its owner, and left at once."""

import json

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rejoinder.plumbing import clock, push
from rejoinder.plumbing import secrets as sealing
from rejoinder.plumbing.answer import NoAnswerError
from rejoinder.plumbing.config import config
from rejoinder.plumbing.http import network
from rejoinder.plumbing.push import Browser
from rejoinder.team import access, audit
from rejoinder.team.models import Advisor, Call, Device, PushKey
from rejoinder.team.notify import said

TIMEOUT = 10.0  # seconds
KEPT = 3600  # seconds that a push service keeps a call for a device that is away
GONE = (404, 410)  # the browser left (RFC 8030, 7.3)
_KEY = "push"  # what the desk's key is sealed for


class CannotPushError(Exception):
    """The device was not told, or cannot be. The message says what happened."""


def public_key() -> str:
    """What a browser needs to join."""
    return push.public(_key())


def join(advisor: Advisor, browser: Browser, name: str) -> Device:
    """Call this device when its owner is called. Raises CannotPushError for no subscription."""
    access.require(advisor, access.ANSWER)
    try:
        push.check(browser)
    except push.NoBrowserError:
        raise CannotPushError(_("This browser gave nothing to call it by.")) from None
    row = Device(advisor=advisor, name=name.strip()[:80], made_at=clock.now())
    row.hashed = sealing.blind(browser.endpoint, "device")
    row.sealed = sealing.seal(browser._asdict(), str(row.public_id))
    with transaction.atomic():
        # Whoever used this browser before is not called on it any more.
        for before in Device.objects.filter(hashed=row.hashed, ended_at=None):
            _end(before)
        row.save()
        audit.line(advisor, "joined a device", row.name)
    return row


def leave(advisor: Advisor, device: Device) -> None:
    """Call it no more; what it was called by is destroyed. Only its owner's."""
    if device.advisor_id != advisor.pk:
        raise access.NotAllowedError(_("This device is somebody else's."))
    with transaction.atomic():
        if _end(device):
            audit.line(advisor, "left a device", device.name)


def devices(people: list[int]) -> list[Device]:
    """Those of these colleagues."""
    return list(Device.objects.filter(advisor__in=people, ended_at=None).order_by("id"))


def send(device: Device, call: Call) -> None:
    """Tell it, sealed for it alone. Raises CannotPushError."""
    browser = Browser(**sealing.unseal(bytes(device.sealed), str(device.public_id)))
    words = said.of(call, device.advisor.language)
    told = {"subject": words.subject, "text": words.text[:500], "url": call.url}
    header = {
        "Authorization": push.authorization(
            browser.endpoint, _key(), config().base_url, clock.now()
        ),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(KEPT),
        "Urgency": "high",
    }
    body = push.sealed(json.dumps(told).encode(), browser)
    try:
        answer = network().call(
            "POST", browser.endpoint, header=header, content=body, timeout=TIMEOUT
        )
    except NoAnswerError as error:
        raise CannotPushError(error.words) from None
    if answer.status in GONE and _end(device):
        device.ended_at = clock.now()
    if not 200 <= answer.status < 300:
        raise CannotPushError(f"It answered {answer.status}.")


def _end(device: Device) -> int:
    open_ = Device.objects.filter(pk=device.pk, ended_at=None)
    return open_.update(ended_at=clock.now(), sealed=b"", hashed=None)


def _key() -> str:
    """The desk's key, made when it is first needed; every browser that joined is bound to it."""
    row = PushKey.objects.filter(pk=1).first()
    if row is None:
        made = sealing.seal({"key": push.new_key()}, _KEY)
        try:
            with transaction.atomic():
                row = PushKey.objects.create(pk=1, sealed=made)
        except IntegrityError:
            row = PushKey.objects.get(pk=1)
    key: str = sealing.unseal(bytes(row.sealed), _KEY)["key"]
    return key
