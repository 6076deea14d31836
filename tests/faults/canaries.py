"""A day of canary people, for `test_canaries`. `python -m tests.faults.canaries COMMAND FOLDER`.

What they tell stands nowhere else in the world: whatever finds it in a byte has found a copy. Each
command is a process of its own with its log at “debug”, as the parts of a desk are.
"""

import json
import logging
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import django

PHONE = "07700 900867"
EMAIL = "zyzzyva.quillfeather@example.com"
ADDRESS = "17 Quokkasandal Row, Wexcombe, SN8 3QZ"
NAME = "Zyzzyva Quillfeather"
TEXT = f"My phone is dead. Call me on {PHONE}, write to {EMAIL} or come to {ADDRESS}."
OURS = "help@northwind.example"
ANSWER = "We mend it at noon. ^AK"


def prepare(_: Path) -> None:
    """Accounts, Alice signed in, and a form that was open for a minute; what a browser knows."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from rejoinder.channels import actions
    from rejoinder.plumbing import clock
    from rejoinder.web.public import gate
    from tests import people, scene

    actions.connect("webform", {}, witness=lambda _: None)
    phone = {"number": "01632 960000", "hours": "mon-sun 00:00-23:59", "calls": "9"}
    actions.connect("phone", phone, witness=lambda _: None)
    scene.account("pretend")
    scene.account("email")
    session, dan = SessionStore(), people.dan()
    session[SESSION_KEY] = str(dan.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = dan.get_session_auth_hash()
    session.save()
    with clock.standing(clock.now() - timedelta(minutes=1)):
        tokens = [gate.new_token() for _ in range(2)]
    print(json.dumps({"session": session.session_key, "tokens": tokens}))


def hear(_: Path) -> None:
    """By e-mail and in public too; then triage takes all of it, as do the rows for search."""
    from rejoinder.channels.contract import Connection, Contact, Post
    from rejoinder.listening.hear.hand_in import hand_in, log
    from rejoinder.listening.intake import triage
    from tests import scene

    mailbox = _mailbox()
    opened = mailbox(Connection(settings={"address": OURS}, secrets={}), scene._NoHttp())
    cursor = opened.listen({}).cursor
    mailbox.inbox.put(_letter())
    hand_in(scene.account("email"), opened.listen(cursor).posts)
    said = Post(
        external_id="n1",
        author_id="quill",
        handle="@quill",
        name=NAME,
        text=TEXT,
        contacts=(Contact("phone", PHONE), Contact("address", ADDRESS)),
    )
    edited = Post(external_id="n1", kind="edit", text=f"{TEXT} Or {PHONE.replace(' ', '-')}.")
    broken = Post(external_id="n" * 600, author_id="quill", text=TEXT)
    hand_in(scene.account("pretend"), [said, edited, broken])
    while triage.run_once(log()):
        pass
    try:
        raise ValueError(f"row refused: ({TEXT})")  # databases and platforms cite what was written
    except ValueError as error:
        logging.getLogger("day").exception("It was refused: %s", error)


def answer(folder: Path) -> None:
    """Each is answered by its channel; what leaves is kept as it left."""
    from rejoinder.desk import actions
    from rejoinder.listening.models import Conversation
    from rejoinder.outbox.actions import undo_hold
    from rejoinder.outbox.send import Sender
    from rejoinder.plumbing import clock
    from tests import people, scene

    mailbox = _mailbox()
    with scene.networks() as notebook:
        _known(mailbox, notebook)
        for talk in Conversation.objects.all():
            actions.take(talk, people.alice())
            actions.answer(talk, people.alice(), ANSWER)
        with clock.standing(clock.now() + undo_hold()):
            while Sender().run_once():
                pass
        left = "\n".join(notebook.tries)
    (folder / "posted").write_text(left, encoding="utf-8")
    for number, message in enumerate(mailbox.inbox.sent):
        (folder / f"mailed-{number}").write_bytes(message.as_bytes())


def broken(_: Path) -> None:
    """The table of promises has gone: whoever posts a form meets the page of a crash."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE desk_callback RENAME TO desk_callback_gone")


def mended(_: Path) -> None:
    """It is back."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE desk_callback_gone RENAME TO desk_callback")


def rows(_: Path) -> None:
    """Prints each column of each table with what of the canary's stands in it."""
    from django.db import connection

    from tests.faults.needles import found

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            held: set[str] = set()
            for row in cursor:
                for name, value in zip(names, row, strict=True):
                    raw = bytes(value) if isinstance(value, bytes | memoryview) else None
                    words = found(raw if raw is not None else str(value).encode())
                    held |= {f"{table}.{name}: {word}" for word in words}
            print("".join(f"{one}\n" for one in sorted(held)), end="")


def people_of_it(_: Path) -> None:
    """Prints who the desk knows, by channel and name there."""
    from rejoinder.listening.models import Person

    for channel, external_id in Person.objects.values_list("channel", "external_id"):
        print(channel, external_id)


def _letter() -> bytes:
    from tests.channels.email.fake import letter

    message = letter(TEXT, own="1.quill@example.com")
    message.replace_header("From", f"{NAME} <{EMAIL}>")
    message["Subject"] = f"Call {PHONE}"
    return message.as_bytes()


def _mailbox() -> Any:
    from tests.channels.email.fake import Inbox
    from tests.channels.email.stage import InMemory

    return type("Ours", (InMemory,), {"inbox": Inbox()})


def _known(mailbox: Any, notebook: Any) -> None:
    from rejoinder.channels import registry
    from rejoinder.channels.phone import channel as phone
    from rejoinder.channels.webform import channel as webform

    found = {"pretend": notebook, "email": mailbox, "phone": phone, "webform": webform}
    registry.channels = lambda: found  # type: ignore[assignment]  # the cache's methods are not used


if __name__ == "__main__":
    django.setup()
    from rejoinder.plumbing.logging import start

    start("day")
    does: dict[str, Callable[[Path], None]] = {
        "prepare": prepare, "hear": hear, "answer": answer, "broken": broken, "mended": mended,
        "rows": rows, "people": people_of_it,
    }  # fmt: skip
    does[sys.argv[1]](Path(sys.argv[2]))
