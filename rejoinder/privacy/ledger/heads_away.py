"""Heads of the ledger taken away from this machine: by e-mail, and to a second machine.

Whoever can write to the database can write to the files beside it. What was mailed, or lies on a
machine where they have no account, still says how far the ledger had come.

When which was sent last stands in a file beside the heads, and not in the database: a row that says
"sent" would keep the next one from leaving.
"""

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from email import policy
from email.parser import BytesParser
from functools import partial
from pathlib import Path

from rejoinder.plumbing import clock
from rejoinder.plumbing.answer import NoAnswerError
from rejoinder.plumbing.config import config
from rejoinder.plumbing.http import network
from rejoinder.privacy.ledger import heads
from rejoinder.privacy.ledger.heads import Head
from rejoinder.team.notify import mail

_LOG = logging.getLogger(__name__)

MAILED_EVERY = timedelta(days=1)
COPIED_EVERY = timedelta(minutes=1)
EVERY = 60  # seconds between two looks
_Way = tuple[str, timedelta, Callable[[str], None]]


class NotTakenError(Exception):
    """A head did not arrive. The message says where and why."""


def export() -> int:
    """Send the head wherever it is due; how many arrived. What fails is tried again next time."""
    sent = _sent()
    head, now, done = heads.now(), clock.now(), 0
    for to, period, send in _ways():
        size, at = sent.get(to, (0, datetime.min.replace(tzinfo=now.tzinfo)))
        if head.size == size or now - at < period:
            continue
        try:
            send(_line(head, now))
        except NotTakenError as error:
            _LOG.warning("The head of the ledger did not leave: %s", error)
            continue
        sent[to] = (head.size, now)
        _keep(sent)
        done += 1
    return done


def read(path: Path) -> list[Head]:
    """The heads in a file of JSON lines, or in an e-mail that was saved as it came.

    Raises BadHeadError, and OSError where there is no file.
    """
    text = path.read_bytes()
    if text.lstrip()[:1] in {b"{", b""}:
        return list(heads.read(path))
    body = BytesParser(policy=policy.default).parsebytes(text).get_body(("plain",))
    said = body.get_content() if body is not None else ""
    lines = [line for line in said.splitlines() if line.startswith("{")]
    if not lines:
        raise heads.BadHeadError(f"{path}: neither a file of heads nor an e-mail that has one.")
    return [heads.head(line, f"{path}") for line in lines]


def _ways() -> list[_Way]:
    mailed = config().heads_mail_addresses
    found: list[_Way] = [(to, MAILED_EVERY, partial(_mail, to)) for to in mailed]
    if url := config().heads_url:
        found.append((url, COPIED_EVERY, partial(_post, url)))
    return found


def _mail(to: str, line: str) -> None:
    size = json.loads(line)["size"]
    text = (
        f"The ledger of {config().base_url} had {size} entries.\n\n{line}\n"
        "Keep this message. 'rejoinder verify --heads FILE', with the message saved as a file,\n"
        "tells whether the ledger still begins with these entries.\n"
    )
    try:
        mail.send(to, f"Head of the ledger: {size} entries", text)
    except mail.NotSentError as error:
        raise NotTakenError(str(error)) from None


def _post(url: str, line: str) -> None:
    header = {"Content-Type": "application/x-ndjson"}
    try:
        answer = network().call("POST", url, header=header, content=line.encode())
    except NoAnswerError as error:
        raise NotTakenError(error.words) from None
    if answer.status >= 300:
        raise NotTakenError(f"the machine for heads answered {answer.status}")


def _line(head: Head, now: datetime) -> str:
    return json.dumps({"at": now.isoformat(), **head._asdict()}) + "\n"


def _file() -> Path:
    return heads.file().with_suffix(".sent.json")


def _sent() -> dict[str, tuple[int, datetime]]:
    """What was sent where, and when; a file that cannot be read sends all of them again."""
    with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        kept = json.loads(_file().read_text(encoding="utf-8"))
        return {
            to: (int(one["size"]), datetime.fromisoformat(one["at"])) for to, one in kept.items()
        }
    return {}


def _keep(sent: dict[str, tuple[int, datetime]]) -> None:
    values = {to: {"size": size, "at": at.isoformat()} for to, (size, at) in sent.items()}
    path = _file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    written = path.with_suffix(".new")
    written.write_text(json.dumps(values), encoding="utf-8")
    written.replace(path)
