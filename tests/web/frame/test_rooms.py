"""The rooms beside the queue: allowances, audit, search, and the pages that explain."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.budget import actions as budget
from rejoinder.budget.observe import refused
from rejoinder.plumbing import clock
from rejoinder.team import audit
from rejoinder.team.models import AuditLine
from tests import people
from tests.web import stage
from tests.web.pages import source, text

pytestmark = pytest.mark.usefixtures("monday")


def test_each_limit_says_what_is_used_reserved_and_left(alice: Client) -> None:
    budget.reserve(stage.account(), people.alice(), None)

    page = text(alice.get(reverse("allowances")))

    assert "1,665 replies may leave now." in page
    assert "hour 5,000 points in 1 h, sliding 0 3 4,997" in page


def test_an_owner_corrects_a_limit_and_everybody_sees_where_the_number_is_from(
    olga: Client, alice: Client
) -> None:
    account = stage.account()
    here = reverse("correct-limit", args=[account.public_id])
    assert "published by the platform" in text(alice.get(reverse("allowances")))

    olga.post(here, {"name": "hour", "cap": "30.5"})

    page = text(alice.get(reverse("allowances")))
    assert "10 replies may leave now." in page
    assert "corrected by a person, 09:00" in page
    assert "Correct the limit" not in page
    line = AuditLine.objects.get(action="corrected a limit of")
    assert (line.detail["cap"], line.detail["before"]) == (30.5, 5000)
    assert 'value="30.5"' in source(olga.get(reverse("allowances")))


@pytest.mark.parametrize("cap", ["", "many", "-1", "nan", "inf", "1e300", "３0x"])
def test_what_is_no_number_corrects_nothing_and_says_so(olga: Client, cap: str) -> None:
    account = stage.account()
    here = reverse("correct-limit", args=[account.public_id])

    page = text(olga.post(here, {"name": "hour", "cap": cap}, follow=True))

    assert "Write what is allowed as a number, such as 300." in page
    assert "corrected by a person" not in page


def test_a_limit_that_the_account_does_not_have_is_not_found(olga: Client) -> None:
    here = reverse("correct-limit", args=[stage.account().public_id])

    assert olga.post(here, {"name": "fortnight", "cap": "3"}).status_code == 404


def test_an_estimate_says_that_it_is_one_and_until_when(alice: Client) -> None:
    account = stage.account()
    for _ in range(3):
        kept = budget.reserve(account, None, None)
        assert kept is not None
        budget.spend(kept.pk)
    refused(account, 60, "Too fast")

    page = text(alice.get(reverse("allowances")))

    assert "estimated from a refusal, 09:00; tried again from 3 Mar, 09:00" in page


def test_a_platform_that_asked_us_to_stop_is_named(alice: Client) -> None:
    budget.hold(stage.account(), 2400, "429")

    assert "Nothing leaves before 09:40." in text(alice.get(reverse("allowances")))


def test_without_an_account_the_page_says_what_to_do(alice: Client) -> None:
    assert "No account is connected. Connect one under Channels." in text(
        alice.get(reverse("allowances"))
    )


def test_audit_lines_are_read_page_by_page(ann: Client) -> None:
    for number in range(130):
        with clock.standing(clock.now() + timedelta(seconds=number // 3)):
            audit.line(people.alice(), "took", f"row-{number:03}")

    first = source(ann.get(reverse("audit")))
    older = first.partition('" rel="next"')[0].rpartition('href="')[2]
    second = source(ann.get(reverse("audit") + older))

    assert [first.count("row-129"), first.count("row-029"), second.count("row-029")] == [1, 0, 1]
    assert sum((first + second).count(f"row-{number:03}") for number in range(130)) == 130


def test_audit_lines_speak_the_reader_s_language(ann: Client) -> None:
    audit.line(people.alice(), "took", "row-1")
    row = people.ann()
    row.language = "de"
    row.save()

    assert "übernahm row-1" in text(ann.get(reverse("audit")))


def test_search_finds_what_was_heard_newest_first(alice: Client) -> None:
    stage.says("Tom", "no signal in Otley", minutes_ago=50)
    stage.says("Tina", "signal is back in Otley", minutes_ago=5)
    stage.says("Ewan", "voicemail")

    page = text(alice.get(reverse("search"), {"words": "Otley"}))

    assert page.index("Tina") < page.index("Tom")
    assert "Ewan" not in page


def test_search_says_when_nothing_is_found(alice: Client) -> None:
    page = text(alice.get(reverse("search"), {"words": "unheard"}))

    assert "Nothing heard contains “unheard”." in page


def test_the_order_is_explained_without_followers(alice: Client) -> None:
    assert "Need first, then age. Nothing else counts." in text(alice.get(reverse("order")))


def test_every_key_of_the_hint_bar_stands_on_the_page_of_keys(alice: Client) -> None:
    keys = source(alice.get(reverse("keys")))

    for key in ("J", "K", "Enter", "T", "H", "C", "N", "R", "M", "Z", "/", "Ctrl Enter", "Esc"):
        assert f"<kbd>{key}</kbd>" in keys
