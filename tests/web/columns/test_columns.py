"""The page of columns: what stands in them, and arranging them without a script."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.desk.models import Column, ColumnSet
from tests import people
from tests.web import stage
from tests.web.pages import notices, source, text

pytestmark = pytest.mark.usefixtures("monday")
AT = "/columns"


def at(row: ColumnSet) -> str:
    return f"{AT}?set={row.pk}"


def test_alice_begins_with_three_and_arranges_them(alice: Client) -> None:
    talk = stage.says("Tom", "no signal")
    page = alice.get(AT)
    assert source(page).count("data-column=") == 3
    assert f'-row-{talk.public_id}"' in source(page) or f'row-{talk.public_id}"' in source(page)
    row = ColumnSet.objects.get()
    alice.post(reverse("add-column", args=[row.pk]), {"of": "search", "words": "signal"})
    alice.post(reverse("add-column", args=[row.pk]), {"of": "channel:bluesky"})
    assert "“signal”" in text(alice.get(at(row)))
    last = Column.objects.get(kind="channel")
    alice.post(reverse("move-column", args=[last.pk]), {"to": "0"})
    assert Column.objects.order_by("place").first() == last
    alice.post(
        reverse("change-column", args=[last.pk]),
        {"words": "bill", "muted": "football", "width": "wide"},
    )
    page = alice.get(at(row))
    assert "only: bill · muted: football" in text(page)
    assert "column-wide" in source(page)
    alice.post(reverse("remove-column", args=[last.pk]))
    assert Column.objects.count() == 4


def test_no_row_has_the_name_of_another(alice: Client) -> None:
    stage.says("Tom", "no signal")
    row_ids = [part.split('"')[0] for part in source(alice.get(AT)).split('<li id="')[1:]]
    assert len(row_ids) == len(set(row_ids))


def test_bob_sees_what_alice_shares_copies_it_and_changes_nothing_of_hers(
    alice: Client, bob: Client
) -> None:
    alice.get(AT)
    row = ColumnSet.objects.get()
    alice.post(reverse("change-columns", args=[row.pk]), {"name": "Leak", "shared": "on"})
    page = text(bob.get(at(row)))
    assert "shared by Alice" in page
    assert "Add a column" not in page
    refused = bob.post(reverse("add-column", args=[row.pk]), {"of": "mine"}, follow=True)
    assert "somebody else’s" in notices(refused)
    copied = bob.post(reverse("copy-columns", args=[row.pk]))
    own = ColumnSet.objects.get(owner=people.bob())
    assert copied.headers["Location"] == at(own)
    alice.post(reverse("remove-columns", args=[row.pk]))
    assert text(bob.get(at(own))).count("Leak")


def test_another_set_and_what_is_refused(alice: Client) -> None:
    made = alice.post(reverse("make-columns"), {"name": "Wall"})
    assert "No column yet." in text(alice.get(made.headers["Location"]))
    assert "Give it a name." in notices(
        alice.post(reverse("make-columns"), {"name": " "}, follow=True)
    )
    row = ColumnSet.objects.get(name="Wall")
    for of in ("", "weather", "tag", "mine:1", "search"):
        refused = alice.post(reverse("add-column", args=[row.pk]), {"of": of}, follow=True)
        assert "Choose what the column lists." in notices(refused)


def test_what_a_column_listed_and_is_gone_is_said(alice: Client) -> None:
    alice.get(AT)
    row = ColumnSet.objects.get()
    Column.objects.create(of=row, kind="tag", value="77", width="usual", place=9)
    assert "not there any more" in text(alice.get(at(row)))


def test_without_a_script_the_page_works_and_no_number_breaks_it(alice: Client) -> None:
    for asked in ("x", "-1", "9" * 30, ""):
        assert alice.get(f"{AT}?set={asked}").status_code == 200
    column = Column.objects.first()
    assert column is not None
    for to in ("x", "", "99999", "²"):
        alice.post(reverse("move-column", args=[column.pk]), {"to": to})
    assert alice.get(AT).status_code == 200
