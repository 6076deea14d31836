"""What was taken back of everything that the desk keeps, however long ago: batch compliance.

https://docs.x.com/x-api/compliance/batch-compliance/introduction
A job takes a list of ids and gives back those that must go. One runs at a time; each takes a piece
of what is kept, so that a day's round costs the same memory with a thousand posts or ten million.
Asked by the app itself, with its bearer token; a look at each post would be paid for, this is not.
"""

from typing import Any

import msgspec
from msgspec import Struct

from rejoinder.channels.contract import Kept, Library, Post, TroubleError
from rejoinder.channels.x import shapes
from rejoinder.channels.x.session import Session, trouble, understood
from rejoinder.plumbing.answer import Answer, NoAnswerError

JOBS = "/2/compliance/jobs"
ROUND = 8 * 3600.0  # seconds from the beginning of one round to the next
LONGEST = 2 * 3600.0  # seconds after which a job that did not end is begun again
REST = 600.0  # seconds after trouble, such as an app without the right to ask
MANY = 20  # posts that are not all gone at once
EMPTY = 20  # pieces without a post of ours that are passed in one step


class Audit(Struct, omit_defaults=True):
    """How far a round is: numbers of the desk's own rows, and the job that looks at a piece."""

    begun: float = 0.0
    through: int = 0  # everything up to here was looked at
    until: int = 0  # the end of the piece that is looked at
    job: str = ""
    asked: float = 0.0
    rests: float = 0.0  # nothing is asked before


class Auditor:
    """One step at a time: a job begun, or asked for; at rest it asks nobody."""

    def __init__(self, session: Session, library: Library, now: float) -> None:
        self._session = session
        self._library = library
        self._now = now

    def step(self, audit: Audit) -> list[Post]:
        """What must go, found by a job that ended. Changes `audit`; trouble lets it rest."""
        if self._now < audit.rests:
            return []
        try:
            return self._go_on(audit)
        except TroubleError as trouble:
            audit.rests = self._now + max(trouble.after, REST)
            return []

    def _go_on(self, audit: Audit) -> list[Post]:
        if audit.job:
            return self._ended(audit)
        if not audit.begun or (audit.through < 0 and self._now - audit.begun >= ROUND):
            audit.begun, audit.through = self._now, 0
        if audit.through >= 0:
            self._begin(audit)
        return []

    def _begin(self, audit: Audit) -> None:
        for _ in range(EMPTY):
            page = self._library(audit.through)
            if page.through == audit.through:
                audit.through = -1  # the round is over
                return
            if ids := _numbers(page.kept):
                self._ask(audit, ids)
                audit.until = page.through
                return
            audit.through = page.through

    def _ask(self, audit: Audit, ids: dict[str, str]) -> None:
        answer = self._call("POST", self._session.address(JOBS), json={"type": "tweets"})
        job = understood(answer, shapes.JobFound).data
        listed = "".join(f"{number}\n" for number in ids).encode()
        plain = {"Content-Type": "text/plain"}
        self._call("PUT", job.upload_url, header=plain, content=listed)
        audit.job, audit.asked = job.id, self._now

    def _ended(self, audit: Audit) -> list[Post]:
        answer = self._call("GET", self._session.address(f"{JOBS}/{audit.job}"))
        job = understood(answer, shapes.JobFound).data
        if job.status in {"failed", "expired"} or self._now - audit.asked > LONGEST:
            audit.job = ""  # the same piece again
            return []
        if job.status != "complete":
            return []
        result = self._call("GET", job.download_url, header={})
        gone = set(_gone(result.body))
        ids = _numbers(self._library(audit.through).kept)
        audit.job, audit.through = "", audit.until
        found = [known for number, known in ids.items() if number in gone]
        if len(ids) >= MANY and len(found) == len(ids):
            return []  # X has a bad day; nobody deletes in step
        return [Post(external_id=known, kind="delete") for known in found]

    def _call(
        self,
        verb: str,
        url: str,
        *,
        header: dict[str, str] | None = None,
        json: Any = None,
        content: bytes | None = None,
    ) -> Answer:
        """With the app's token, or where a `header` is given with that: storage is signed for."""
        if header is None:
            header = self._session.app_header()
        try:
            answer = self._session.http.call(verb, url, header=header, json=json, content=content)
        except NoAnswerError as error:
            raise TroubleError(error.words, after=10) from None
        if not 200 <= answer.status < 300:
            raise trouble(answer)
        return answer


def _numbers(kept: tuple[Kept, ...]) -> dict[str, str]:
    """X's number of each public post, and the name by which we know it."""
    found = {}
    for each in kept:
        number = str(each.ref.get("id", each.external_id))
        if number.isdecimal():  # a message is no post
            found[number] = each.external_id
    return found


def _gone(body: bytes) -> list[str]:
    """The ids of those that must go: deleted, suspended, made private. One object a line."""
    found = []
    for line in body.splitlines():
        try:
            told = msgspec.json.decode(line, type=shapes.Redacted)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue  # the last line of an answer that was cut
        if told.action == "delete":
            found.append(told.id)
    return found
