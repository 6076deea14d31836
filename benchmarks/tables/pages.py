"""The first page of the inbox, of 30 columns and of a search, at a million conversations."""

import time
from statistics import median

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from benchmarks.seed import CHANNEL, seed
from benchmarks.table import Rows, row
from rejoinder.channels.models import Account
from rejoinder.desk.columns import arranging, rules
from rejoinder.desk.columns.rules import Kind
from rejoinder.desk.models import ColumnSet, Tag
from rejoinder.listening.models import Conversation, Question, Watch
from rejoinder.plumbing import clock
from rejoinder.team.models import Advisor, Role

MANY = 1_000_000
HELD = 20  # conversations that the reader has
BUDGET = 0.2  # seconds of the server for one page
ROUNDS = 9
# Words that all of a million hold, one holds, and none does; a column's filter beside each other.
SEARCHED = {"a word of all": "signal", "a word of one": "777777", "a word of none": "tram"}
_FILTERS = (("", ""), ("street", ""), ("", "noon"), ("777777", ""), ("signal", "tram"))


def run() -> Rows:
    """Seconds of the server until a page is whole, over what was asked: 0.2 s."""
    settings.ALLOWED_HOSTS = ["testserver"]
    account = seed(MANY, words=True)
    alice = Advisor.objects.create_user("alice@example.com", name="Alice", role=Role.ADVISOR)
    mine = Conversation.objects.order_by("pk").values_list("pk", flat=True)[:HELD]
    Conversation.objects.filter(pk__in=list(mine)).update(holder=alice, held_at=clock.now())
    columns = _thirty(alice, account)
    client = Client()
    client.force_login(alice, backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = {"inbox": reverse("inbox"), "30 columns": f"{reverse('columns')}?set={columns.pk}"}
    for what, words in SEARCHED.items():
        pages[f"search, {what}"] = f"{reverse('search')}?words={words}"
    return [_page(client, what, url) for what, url in pages.items()]


def _thirty(advisor: Advisor, account: Account) -> ColumnSet:
    """As many columns as there may be, each of something else, four in five of them filtered."""
    plain = [(kind, "") for kind in Kind if kind not in rules.OF_ONE]
    shown = [*plain, (Kind.ACCOUNT, str(account.public_id)), (Kind.CHANNEL, CHANNEL)]
    shown += [(Kind.SEARCH, words) for words in SEARCHED.values()]
    shown += _of_one(advisor, rules.MOST - len(shown))
    made = arranging.make(advisor, "All", [])
    for place, (kind, value) in enumerate(shown):
        column = arranging.add(advisor, made, kind, value)
        words, muted = _FILTERS[place % len(_FILTERS)]
        arranging.change(advisor, column, words=words, muted=muted, width="")
    return made


def _of_one(advisor: Advisor, many: int) -> list[tuple[Kind, str]]:
    """Tags, watches and questions, one in twenty of all conversations each."""
    now, found = clock.now(), []
    with connection.cursor() as cursor:
        for place in range(many):
            if place % 3 == 0:
                tag = Tag.objects.create(name=f"Tag {place}", made_by=advisor, made_at=now)
                found.append((Kind.TAG, str(tag.pk)))
                cursor.execute(_TAGGED, [tag.pk, advisor.pk, place])
            elif place % 3 == 1:
                watch = Watch.objects.create(
                    name=f"Watch {place}", words="signal", created_by=advisor, created_at=now
                )
                found.append((Kind.WATCH, str(watch.pk)))
                cursor.execute(_CAUGHT, [watch.pk, place])
            else:
                asked = Question.objects.create(name=f"Ask {place}", first_at=now, last_at=now)
                found.append((Kind.QUESTION, str(asked.pk)))
                cursor.execute(_ASKED, [asked.pk, place])
        cursor.execute("ANALYZE")
    return found


_TAGGED = """INSERT INTO desk_tagged (conversation_id, tag_id, advisor_id, at)
    SELECT id, %s, %s, last_at FROM listening_conversation WHERE id %% 20 = %s"""
_CAUGHT = """INSERT INTO listening_caught (watch_id, mention_id, at)
    SELECT %s, id, heard_at FROM listening_mention WHERE id %% 20 = %s"""
_ASKED = "UPDATE listening_mention SET question_id = %s WHERE id %% 20 = %s"


def _page(client: Client, what: str, url: str) -> dict[str, object]:
    first, took = 0.0, []
    for count in range(ROUNDS + 1):
        began = time.perf_counter()
        answer = client.get(url)
        seconds = time.perf_counter() - began
        if answer.status_code != 200:
            raise RuntimeError(f"{url}: {answer.status_code}")
        if count:
            took.append(seconds)
        else:
            first = seconds
    detail = (
        f"{median(took) * 1000:.0f} ms, {min(took) * 1000:.0f} to {max(took) * 1000:.0f}; "
        f"the first {first * 1000:.0f} ms"
    )
    return row(f"page of {what} at a million", median(took) / BUDGET, at_most=1, detail=detail)
