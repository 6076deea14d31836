"""Who may open which page: every address, every role, and nobody."""

from contextlib import suppress
from uuid import UUID

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from rejoinder.team.models import Advisor
from tests import people
from tests.web import stage
from tests.web.conftest import Browse

NOBODY = UUID(int=7)
CONTACT = {"contact", "contact-lost", "contact-follow"}  # journeys: test_contact.py
FINDERS = {"finders", "finder-follow", "security-txt"}  # journeys: public/test_finders.py
IDENTITY = {"identity", "identity-answer", "verify-us"}  # journeys: identity/test_checking.py
PUBLIC = {"digest", "embed", "expert", "healthz", "hook", "metrics", "readyz", "sign-in-link"}
PUBLIC |= {"privacy", "welcome", "worker"}
PUBLIC |= CONTACT | FINDERS | IDENTITY

# owner, lead, advisor, auditor; 302 is the auditor's queue, which is the audit.
PAGES = {
    "inbox": (200, 200, 200, 302),
    "mine": (200, 200, 200, 403),
    "due": (200, 200, 200, 403),
    "taken": (200, 200, 200, 403),
    "waiting-for-them": (200, 200, 200, 403),
    "asleep": (200, 200, 200, 403),
    "close-reasons": (200, 200, 200, 403),
    "blocks": (200, 200, 200, 403),
    "hidden": (200, 200, 200, 403),
    "who-sees": (404, 404, 404, 403),
    "impostors": (200, 200, 200, 403),
    "piles": (200, 200, 200, 403),
    "here": (404, 404, 404, 403),
    "picture": (404, 404, 404, 403),
    "our-picture": (404, 404, 404, 403),
    "for-you": (200, 200, 200, 403),
    "coaching": (200, 200, 200, 403),
    "praise": (200, 200, 200, 403),
    "tags": (200, 200, 200, 403),
    "new": (200, 200, 200, 403),
    "answers": (200, 200, 200, 403),
    "answer": (404, 404, 404, 403),
    "preview-answer": (404, 404, 404, 403),
    "told": (404, 404, 404, 403),
    "questions": (200, 200, 200, 403),
    "question": (404, 404, 404, 403),
    "safety": (200, 200, 200, 403),
    "watches": (200, 200, 200, 403),
    "write-watch": (200, 200, 403, 403),
    "change-watch": (404, 404, 403, 403),
    "columns": (200, 200, 200, 403),
    "search": (200, 200, 200, 403),
    "outbox": (200, 200, 200, 403),
    "change-reply": (404, 404, 404, 403),
    "channels": (200, 200, 200, 403),
    "write-call": (302, 302, 302, 403),
    "call": (404, 404, 404, 403),
    "guidelines": (200, 200, 200, 403),
    "saved-replies": (200, 200, 200, 403),
    "links": (200, 200, 200, 403),
    "choose-saved": (404, 404, 404, 403),
    "own-contacts": (200, 200, 200, 403),
    "connect-back": (302, 403, 403, 403),
    "allowances": (200, 200, 200, 403),
    "plan": (200, 200, 200, 403),
    "reports": (200, 200, 200, 403),
    "explore": (200, 200, 200, 403),
    "saved-view": (404, 404, 404, 403),
    "work-report": (200, 200, 200, 403),
    "board": (200, 200, 200, 403),
    "board-pdf": (200, 200, 200, 403),
    "themes": (200, 200, 200, 403),
    "map-questions": (200, 200, 200, 403),
    "rota": (200, 200, 200, 403),
    "write-rota": (404, 404, 403, 403),
    "coverage": (200, 200, 200, 403),
    "areas": (200, 200, 200, 403),
    "opening": (200, 200, 200, 403),
    "handover": (200, 200, 200, 403),
    "incidents": (200, 200, 403, 200),
    "retention": (200, 200, 403, 200),
    "consent": (404, 404, 404, 403),
    "consent-words": (200, 200, 403, 200),
    "rights": (200, 200, 200, 403),
    "rights-request": (404, 404, 404, 403),
    "incident": (404, 404, 403, 404),
    "finding": (404, 404, 403, 404),
    "incident-pdf": (404, 404, 403, 404),
    "incident-json": (404, 404, 403, 404),
    "identity-system": (200, 403, 403, 403),
    "customer-system": (200, 403, 403, 403),
    "ticket-system": (200, 403, 403, 403),
    "drafting-machine": (200, 403, 403, 403),
    "crisis": (200, 200, 200, 403),
    "crisis-wall": (200, 200, 200, 403),
    "one-crisis": (404, 404, 404, 403),
    "crisis-report": (404, 404, 404, 403),
    "crisis-report-file": (404, 404, 404, 403),
    "crisis-report-pdf": (404, 404, 404, 403),
    "drill": (404, 404, 404, 403),
    "drill-report": (404, 404, 404, 403),
    "tell": (404, 404, 403, 403),
    "batch": (404, 404, 404, 403),
    "calling": (200, 403, 403, 403),
    "setup": (200, 403, 403, 403),
    "team": (200, 403, 403, 403),
    "audit": (200, 200, 403, 200),
    "openings": (200, 200, 403, 200),
    "audience": (200, 200, 403, 403),
    "me": (200, 200, 200, 200),
    "tokens": (200, 200, 200, 200),
    "order": (200, 200, 200, 200),
    "keys": (200, 200, 200, 200),
    "mfa_index": (200, 200, 200, 200),
}
CHANGES = {
    "take-next": (302, 302, 302, 403),
    "take": (404, 404, 404, 403),
    "take-over": (404, 404, 404, 403),
    "take-out-of-turn": (404, 404, 403, 403),
    "let-go": (404, 404, 404, 403),
    "hand-over": (302, 302, 302, 403),
    "close": (404, 404, 404, 403),
    "block": (404, 404, 403, 403),
    "review-block": (404, 404, 403, 403),
    "pile": (404, 404, 403, 403),
    "dissolve-pile": (404, 404, 403, 403),
    "reported-impostor": (404, 404, 404, 403),
    "end-impostor": (404, 404, 403, 403),
    "warn-of-impostor": (404, 404, 404, 403),
    "blocked-there": (404, 404, 403, 403),
    "unblock": (404, 404, 403, 403),
    "dial": (404, 404, 404, 403),
    "hang-up": (404, 404, 404, 403),
    "hide-post": (404, 404, 404, 403),
    "show-post": (404, 404, 404, 403),
    "review-hidden": (404, 404, 403, 403),
    "join": (404, 404, 404, 403),
    "part": (404, 404, 404, 403),
    "snooze": (404, 404, 404, 403),
    "wake": (404, 404, 404, 403),
    "ask-expert": (404, 404, 404, 403),
    "keep-word": (404, 404, 404, 403),
    "tell-expert": (404, 404, 404, 403),
    "take-back": (404, 404, 404, 403),
    "use-expert": (404, 404, 404, 403),
    "offer-check": (404, 404, 404, 403),
    "connect-identity": (302, 403, 403, 403),
    "ask-customer": (404, 404, 404, 403),
    "connect-customer": (302, 403, 403, 403),
    "machine-draft": (404, 404, 404, 403),
    "choose-machine": (302, 403, 403, 403),
    "end-machine": (302, 403, 403, 403),
    "create-ticket": (404, 404, 404, 403),
    "link-ticket": (404, 404, 404, 403),
    "close-ticket": (404, 404, 404, 403),
    "look-ticket": (404, 404, 404, 403),
    "retry-ticket": (404, 404, 404, 403),
    "take-off-ticket": (404, 404, 404, 403),
    "connect-tickets": (302, 403, 403, 403),
    "test-tickets": (302, 403, 403, 403),
    "disconnect-tickets": (302, 403, 403, 403),
    "disconnect-customer": (302, 403, 403, 403),
    "disconnect-identity": (302, 403, 403, 403),
    "write-board": (302, 302, 403, 403),
    "save-view": (302, 302, 302, 403),
    "remove-view": (404, 404, 404, 403),
    "make-view-link": (404, 404, 403, 403),
    "end-view-link": (404, 404, 403, 403),
    "choose-view-time": (404, 404, 403, 403),
    "end-view-time": (404, 404, 403, 403),
    "begin-areas": (302, 302, 403, 403),
    "keep-mapping": (302, 302, 403, 403),
    "keep-area": (302, 302, 403, 403),
    "change-area": (404, 404, 403, 403),
    "end-area": (404, 404, 403, 403),
    "choose-digest": (404, 404, 403, 403),
    "add-expert": (404, 404, 403, 403),
    "remove-expert": (404, 404, 403, 403),
    "ask-look": (404, 404, 404, 403),
    "take-up-draft": (404, 404, 404, 403),
    "give-back-draft": (404, 404, 404, 403),
    "say-of-draft": (404, 404, 404, 403),
    "see-call": (404, 404, 404, 403),
    "ask-quote": (404, 404, 404, 403),
    "heard-quote": (404, 404, 404, 403),
    "respond-to-help": (404, 404, 404, 403),
    "make-columns": (302, 302, 302, 403),
    "copy-columns": (404, 404, 404, 403),
    "change-columns": (404, 404, 404, 403),
    "remove-columns": (404, 404, 404, 403),
    "add-column": (404, 404, 404, 403),
    "change-column": (404, 404, 404, 403),
    "move-column": (404, 404, 404, 403),
    "remove-column": (404, 404, 404, 403),
    "put-tag": (404, 404, 404, 403),
    "take-tag-away": (404, 404, 404, 403),
    "keep-close-reason": (302, 302, 403, 403),
    "remove-close-reason": (404, 404, 403, 403),
    "keep-tag": (302, 302, 403, 403),
    "rename-tag": (404, 404, 403, 403),
    "remove-tag": (404, 404, 403, 403),
    "note": (404, 404, 404, 403),
    "start": (404, 404, 404, 403),
    "draft": (404, 404, 404, 403),
    "insert-answer": (404, 404, 404, 403),
    "attach-picture": (404, 404, 404, 403),
    "remove-picture": (404, 404, 404, 403),
    "send-later": (404, 404, 404, 403),
    "set-hold": (302, 302, 403, 403),
    "change-time": (404, 404, 404, 403),
    "edit-reply": (404, 404, 404, 403),
    "take-back-reply": (404, 404, 404, 403),
    "write-guideline": (422, 422, 403, 403),
    "begin-guidelines": (302, 302, 403, 403),
    "change-guideline": (404, 404, 403, 403),
    "retire-guideline": (404, 404, 403, 403),
    "comment-guideline": (404, 404, 404, 403),
    "settle-comment": (404, 404, 403, 403),
    "keep-saved": (302, 302, 403, 403),
    "make-link": (302, 302, 302, 403),
    "end-link": (404, 404, 403, 403),
    "change-saved": (404, 404, 403, 403),
    "remove-saved": (404, 404, 403, 403),
    "use-saved": (404, 404, 404, 403),
    "cosign": (404, 403, 403, 403),
    "add-own-contact": (302, 302, 403, 403),
    "remove-own-contact": (404, 404, 403, 403),
    "check": (404, 404, 404, 403),
    "remedy": (404, 404, 404, 403),
    "send": (404, 404, 404, 403),
    "choose-readers": (404, 404, 404, 403),
    "original": (404, 404, 404, 403),
    "voice": (404, 404, 404, 403),
    "add-openings": (302, 302, 403, 403),
    "match-audience": (422, 422, 403, 403),
    "reach": (404, 404, 404, 403),
    "correct": (404, 404, 404, 403),
    "open-answer": (302, 302, 302, 403),
    "begin-revision": (404, 404, 404, 403),
    "check-answer": (404, 404, 404, 403),
    "discard-draft": (404, 404, 404, 403),
    "withdraw-answer": (404, 404, 403, 403),
    "cover-question": (404, 404, 404, 403),
    "name-question": (404, 404, 404, 403),
    "dismiss-question": (404, 404, 404, 403),
    "urgent-question": (404, 404, 403, 403),
    "drill-speed": (404, 404, 403, 403),
    "drill-end": (404, 404, 403, 403),
    "begin-batch": (404, 404, 403, 403),
    "stop-batch": (404, 404, 403, 403),
    "make-hook": (302, 403, 403, 403),
    "end-hook": (404, 403, 403, 403),
    "own-card": (404, 404, 403, 403),
    "close-card": (404, 404, 403, 403),
    "switch-watch": (404, 404, 403, 403),
    "count": (200, 200, 200, 403),
    "withdraw": (404, 404, 404, 403),
    "settle": (404, 404, 404, 403),
    "disconnect": (404, 403, 403, 403),
    "correct-limit": (404, 403, 403, 403),
    "set-hours": (404, 404, 403, 403),
    "change-days": (404, 404, 403, 403),
    "drop-change": (404, 404, 403, 403),
    "set-opening": (302, 302, 403, 403),
    "write-shift-note": (302, 302, 302, 403),
    "read-shift-note": (404, 404, 404, 403),
    "follow-rota": (302, 302, 403, 403),
    "begin-acknowledging": (422, 422, 403, 403),
    "end-acknowledging": (302, 302, 403, 403),
    "change-plan": (302, 302, 403, 403),
    "preview-plan": (302, 302, 403, 403),
    "choose-course": (302, 302, 403, 403),
    "plan-event": (302, 302, 403, 403),
    "call-off-event": (404, 404, 403, 403),
    "set-places": (302, 302, 403, 403),
    "tune-alarms": (302, 302, 403, 403),
    "pause-planned": (302, 302, 302, 403),
    "resume-planned": (302, 302, 403, 403),
    "lock-account": (404, 404, 403, 403),
    "unlock-account": (404, 404, 403, 403),
    "revoke-account": (404, 403, 403, 403),
    "see-stranger": (404, 404, 403, 403),
    "acknowledge-alarm": (404, 404, 404, 403),
    "declare-crisis": (422, 422, 403, 403),
    "change-crisis-policy": (404, 404, 403, 403),
    "state-crisis": (404, 404, 403, 403),
    "note-crisis": (404, 404, 404, 403),
    "promise-crisis": (404, 404, 404, 403),
    "keep-promise": (404, 404, 404, 403),
    "open-incident": (422, 422, 403, 403),
    "acknowledge-finding": (404, 404, 403, 403),
    "tell-finder": (404, 404, 403, 403),
    "credit-finding": (404, 404, 403, 403),
    "open-finding": (404, 404, 403, 403),
    "close-finding": (404, 404, 403, 403),
    "finder-contact": (404, 404, 403, 403),
    "preview-retention": (200, 200, 403, 403),
    "change-retention": (302, 302, 403, 403),
    "ask-consent": (404, 404, 404, 403),
    "keep-consent": (404, 404, 404, 403),
    "withdraw-consent": (404, 404, 404, 403),
    "write-consent-words": (422, 422, 403, 403),
    "write-notice": (302, 302, 403, 403),
    "open-rights-request": (422, 422, 422, 403),
    "ask-who": (404, 404, 404, 403),
    "prove-who": (404, 404, 404, 403),
    "correct-person": (404, 404, 403, 403),
    "add-rights-account": (404, 404, 403, 403),
    "give-copy": (404, 404, 403, 403),
    "erase-person": (404, 404, 403, 403),
    "silence-person": (404, 404, 403, 403),
    "hear-person-again": (404, 404, 403, 403),
    "extend-rights-request": (404, 404, 403, 403),
    "answer-rights-request": (404, 404, 403, 403),
    "place-hold": (302, 302, 403, 403),
    "end-hold": (404, 404, 403, 403),
    "change-incident": (404, 404, 403, 403),
    "list-incident": (404, 404, 403, 403),
    "incident-contacts": (404, 404, 403, 403),
    "tell-incident": (404, 404, 403, 403),
    "explain-incident": (404, 404, 403, 403),
    "notify-incident": (404, 404, 403, 403),
    "link-incident": (404, 404, 403, 403),
    "close-incident": (404, 404, 403, 403),
    "stand-down": (404, 404, 403, 403),
    "make-token": (302, 302, 302, 302),
    "end-token": (404, 404, 404, 404),
    "join-device": (302, 302, 302, 403),
    "leave-device": (404, 404, 404, 403),
    "bring-line": (302, 302, 403, 403),
    "take-out-line": (404, 404, 403, 403),
    "compare-advisors": (302, 403, 403, 403),
    "set-organisation": (422, 403, 403, 403),
    "invite-many": (422, 403, 403, 403),
    "set-first-hours": (422, 422, 403, 403),
    "set-first-watch": (422, 422, 403, 403),
    "finish-setup": (302, 403, 403, 403),
    "invite": (422, 403, 403, 403),
    "change-role": (404, 403, 403, 403),
    "new-link": (404, 403, 403, 403),
    "remove": (404, 403, 403, 403),
    "bring-back": (404, 403, 403, 403),
}
# Who learns takes and writes; nothing of it leaves, and nothing they do changes what others see
# of people outside.
LEARNING = {"take", "take-next", "let-go", "draft", "insert-answer", "check", "remedy", "note"}
LEARNING |= {"choose-readers", "put-tag", "take-tag-away", "use-saved", "see-call", "ask-look"}
LEARNING |= {"make-columns", "copy-columns", "change-columns", "remove-columns", "add-column"}
LEARNING |= {"attach-picture", "remove-picture"}
LEARNING |= {"change-column", "move-column", "remove-column"}
LEARNING |= {"respond-to-help", "count", "comment-guideline", "make-token", "end-token"}
LEARNING |= {"save-view", "remove-view"}


def roles() -> list[Advisor]:
    return [people.olga(), people.dan(), people.alice(), people.ann()]


def address(name: str) -> str:
    """Where it is; for a page about one row, about a row that nobody has."""
    if name in {"connect", "connect-back"}:
        return reverse(name, args=["bluesky"])
    number = NOBODY.int
    for row in ([], [NOBODY], [number], [NOBODY, number], [NOBODY, number, 0], [NOBODY] * 2):
        with suppress(NoReverseMatch):
            return reverse(name, args=row)
    raise NoReverseMatch(name)


def our_names() -> set[str]:
    patterns = get_resolver("rejoinder.web.urls").url_patterns
    return {str(each.name) for each in patterns if isinstance(each, URLPattern)}


@pytest.mark.parametrize("name", PAGES)
def test_pages_open_for_those_whose_role_includes_them(browse: Browse, name: str) -> None:
    stage.says("Tom", "no signal")

    answers = tuple(browse(who).get(address(name)).status_code for who in roles())

    assert answers == PAGES[name]


@pytest.mark.parametrize("name", CHANGES)
def test_changes_are_made_by_those_whose_role_includes_them(browse: Browse, name: str) -> None:
    answers = tuple(browse(who).post(address(name)).status_code for who in roles())

    assert answers == CHANGES[name]


@pytest.mark.parametrize("name", CHANGES)
def test_who_learns_changes_only_what_stays_inside(browse: Browse, name: str) -> None:
    answer = browse(people.tess()).post(address(name))

    assert (answer.status_code != 403) == (name in LEARNING)


@pytest.mark.parametrize("name", CHANGES)
def test_nothing_changes_by_following_a_link(alice: Client, name: str) -> None:
    assert alice.get(address(name)).status_code == 405


def test_every_address_asks_strangers_to_sign_in_except_the_public_ones(db: None) -> None:
    for name in our_names() - PUBLIC:
        answer = Client().get(address(name))
        assert answer.status_code == 302, name
        assert answer.headers["Location"].startswith("/accounts/login/"), name


def test_charlie_who_was_removed_is_a_stranger(browse: Browse) -> None:
    charlie = browse(people.charlie())

    for name in PAGES:
        assert charlie.get(address(name)).headers["Location"].startswith("/accounts/login/"), name


def test_the_list_of_pages_is_complete() -> None:
    others = {"conversation", "connect", "live"}  # have journeys of their own

    assert our_names() | {"mfa_index"} == set(PAGES) | set(CHANGES) | PUBLIC | others


def test_a_form_without_its_token_changes_nothing(db: None) -> None:
    talk = stage.says("Tom", "no signal")
    client = Client(enforce_csrf_checks=True)
    client.force_login(
        people.alice(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )

    answer = client.post(reverse("take", args=[talk.public_id]))

    assert answer.status_code == 403
    assert "not accepted" in answer.content.decode()
    talk.refresh_from_db()
    assert talk.holder is None


def test_what_the_role_does_not_include_is_said_in_a_sentence(alice: Client) -> None:
    answer = alice.get(reverse("team"))

    assert "Your role does not include this" in answer.content.decode()


def test_scripts_are_told_in_json(ann: Client) -> None:
    answer = ann.post(reverse("count"), headers={"Accept": "application/json"})

    assert answer.status_code == 403
    assert "role" in answer.json()["error"]


def test_every_answer_carries_the_content_policy(alice: Client) -> None:
    for path in ("/", "/nothing", reverse("healthz")):
        policy = alice.get(path).headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_what_people_wrote_stays_out_of_caches(alice: Client) -> None:
    assert alice.get("/").headers["Cache-Control"] == "no-store"
