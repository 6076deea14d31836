"""What `test_page_server` asks of the desk's tables. `python -m tests.faults.paging COMMAND`."""

import json
import sys

import django


def prepare() -> None:
    """Alice signed in, and Tom waiting on the pretend network; prints what a browser would know."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from tests import people, scene

    alice, conversation = people.alice(), scene.wrote("Tom", "No signal", channel="pretend")
    session = SessionStore()
    session[SESSION_KEY] = str(alice.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = alice.get_session_auth_hash()
    session.save()
    print(json.dumps({"session": session.session_key, "page": f"/c/{conversation.public_id}"}))


def state() -> None:
    """What the tables hold."""
    from rejoinder.desk.models import Assignment
    from rejoinder.listening.models import Conversation
    from rejoinder.outbox.models import Reply
    from rejoinder.team.models import AuditLine

    found = {
        "held": Conversation.objects.exclude(holder=None).count(),
        "assignments": Assignment.objects.filter(ended_at=None).count(),
        "took": AuditLine.objects.filter(action="took").count(),
        "replies": list(Reply.objects.values_list("text", flat=True)),
        "queued": AuditLine.objects.filter(action="queued a reply to").count(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    django.setup()
    {"prepare": prepare, "state": state}[sys.argv[1]]()
