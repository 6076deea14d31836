"""What a person said before is found by an index, however many conversations there are."""

import pytest
from django.db import connection

from rejoinder.listening.models import Conversation
from rejoinder.plumbing import sql

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_a_person_said_before_is_found_by_an_index() -> None:
    others = Conversation.objects.filter(person=1).exclude(pk=1).order_by("-last_at", "-id")
    statement, values = others[:6].query.sql_with_params()
    on_sqlite = connection.vendor == "sqlite"
    if not on_sqlite:  # of a table this small it would otherwise read all
        sql.execute("SET enable_seqscan = off")
    word = "EXPLAIN QUERY PLAN " if on_sqlite else "EXPLAIN "
    plan = [str(row[-1]) for row in sql.fetch(word + statement, values)]
    assert any("talks_of_person" in line for line in plan), plan
    assert not [line for line in plan if "SCAN listening" in line or "Seq Scan" in line]
