"""Dan keeps a view for the team, shows it on the intranet until a day, has it sent each week."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from rejoinder.desk.experts import areas
from rejoinder.desk.models import Expert
from rejoinder.desk.refusals import CannotError
from rejoinder.plumbing import clock
from rejoinder.reporting.explore import asking, links, times, views
from rejoinder.reporting.explore.sending import Sender
from rejoinder.reporting.models import SavedView, ViewLink, ViewTime
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import Advisor, AuditLine
from rejoinder.web.public import gate
from rejoinder.web.reports import embed
from rejoinder.web.reports.view_letter import letter
from tests import people
from tests.conftest import MONDAY
from tests.team.notify.test_calls import Post, uses
from tests.web import stage
from tests.web.conftest import Browse
from tests.web.pages import notices, source, text
from tests.web.reports.test_digest import content, post

__all__ = ["post"]  # the mail server of the digests
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday", "nothing_kept")]

ASKS = {"period": "7d", "by": "channel"}
SENDER = Sender(letter)


@pytest.fixture
def nothing_kept() -> Iterator[None]:
    yield
    embed.pages.forget()
    embed.strangers.forget()


def heard() -> None:
    for at in range(12):
        stage.says(f"Person {at}", "no signal", minutes_ago=30, channel="bluesky")
    for at in range(6):
        stage.says(f"Caller {at}", "no signal", minutes_ago=30, channel="phone")
    stage.says("Rosa", "ring 07700 900123", minutes_ago=30, channel="email")


def kept(actor: Advisor, name: str = "By channel", *, shared: bool = True) -> SavedView:
    return views.save(actor, name, asking.asked(ASKS), shared=shared)


def a_link(browser: Client, view: SavedView, sites: str = "", last: str = "2026-03-31") -> str:
    """The path of a link that was made, as the page shows it."""
    page = browser.post(reverse("make-view-link", args=[view.pk]), {"last": last, "sites": sites})
    found = re.search(r"/embed/[\w.-]+", source(page))
    assert found, notices(page)
    return found[0]


# Saved


def test_a_view_of_the_team_is_listed_and_opened_by_everybody(dan: Client, alice: Client) -> None:
    stage.account()
    asks = {"period": "28d", "channel": "bluesky", "by": "need", "odd": "x"}
    page = dan.post(reverse("save-view"), {"name": "By need", "shared": "yes"} | asks, follow=True)
    assert "By need" in text(page)
    shown = alice.get("/reports/explore")
    said = "the team's, from Dan the last 28 days · Channel: Bluesky · side by side: Need"
    assert f"By need {said}" in text(shown)
    assert 'href="?period=28d&amp;channel=bluesky&amp;by=need"' in source(shown)
    line = AuditLine.objects.get(action="saved a view")
    assert (line.actor, line.what, line.detail["shared"]) == (people.dan(), "By need", True)


def test_ones_own_is_nobody_elses(alice: Client, dan: Client) -> None:
    mine = kept(people.alice(), "Hull alone", shared=False)
    assert "Hull alone" in text(alice.get("/reports/explore"))
    assert "Hull alone" not in text(dan.get("/reports/explore"))
    assert dan.get(reverse("saved-view", args=[mine.pk])).status_code == 404
    assert dan.post(reverse("remove-view", args=[mine.pk])).status_code == 404
    alice.post(reverse("remove-view", args=[mine.pk]))
    assert "Hull alone" not in text(alice.get("/reports/explore"))
    assert AuditLine.objects.filter(action="removed a view", actor=people.alice()).count() == 1


def test_a_view_of_the_team_is_removed_by_its_maker_or_a_lead(alice: Client, dan: Client) -> None:
    mine, dans = kept(people.alice()), kept(people.dan(), "Dan's")
    assert "Remove it" in text(alice.get(reverse("saved-view", args=[mine.pk])))
    assert "Remove it" not in text(alice.get(reverse("saved-view", args=[dans.pk])))
    assert alice.post(reverse("remove-view", args=[dans.pk])).status_code == 403
    dan.post(reverse("remove-view", args=[mine.pk]))
    assert list(views.seen(people.alice())) == [dans]


def test_a_name_is_asked_for_and_hides_a_number(alice: Client) -> None:
    answer = alice.post(reverse("save-view"), {"name": "  "} | ASKS, follow=True)
    assert "Give it a name" in notices(answer)
    view = kept(people.alice(), "<b>Ask\n07700 900123 </b>" + "x" * 200)
    assert "900123" not in view.name
    assert len(view.name) <= views.LONGEST
    assert "<b>Ask" not in source(alice.get("/reports/explore"))


def test_fifty_are_the_most(alice: Client) -> None:
    for at in range(views.MOST):
        kept(people.alice(), f"View {at}")
    with pytest.raises(CannotError):
        kept(people.alice())
    kept(people.dan())


def test_the_list_asks_no_more_as_it_grows(alice: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            alice.get("/reports/explore")
        return len(seen)

    kept(people.alice())
    alice.get("/reports/explore")
    few = asked()
    for at in range(20):
        kept(people.alice(), f"View {at}")
    assert asked() == few


# Shown outside


def test_a_link_shows_the_chart_and_its_table_in_the_named_sites_alone(dan: Client) -> None:
    heard()
    path = a_link(dan, kept(people.dan()), "https://intranet.example.com wall.example.com")
    page = Client().get(path)
    assert page.status_code == 200
    assert "By channel" in text(page)
    assert source(page).count("<figure") == source(page).count('<details class="as-table"') == 3
    assert "too few to show" in text(page)
    for absent in ("Rosa", "07700", "/reports", "<form", "<script", "Dan"):
        assert absent not in source(page)
    policy = page.headers["Content-Security-Policy"]
    assert policy.endswith(
        "; frame-ancestors https://intranet.example.com https://wall.example.com"
    )
    assert "script-src" not in policy
    assert "X-Frame-Options" not in page.headers
    assert not page.cookies
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_the_secret_is_shown_once_and_only_its_hash_is_kept(dan: Client) -> None:
    view = kept(people.dan())
    secret = a_link(dan, view).removeprefix("/embed/").partition(".")[0]
    assert secret not in source(dan.get(reverse("saved-view", args=[view.pk])))
    row = ViewLink.objects.get()
    assert secret not in f"{row.__dict__}"
    line = AuditLine.objects.get(action="made a link to a view")
    assert secret not in f"{line.what} {line.detail}"
    assert (line.actor, line.detail["until"]) == (people.dan(), "2026-03-31")


def test_without_a_site_it_is_framed_nowhere(dan: Client) -> None:
    page = Client().get(a_link(dan, kept(people.dan())))
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "DENY"


def test_it_ends_with_its_last_day(dan: Client) -> None:
    path = a_link(dan, kept(people.dan()), last=str(MONDAY.date()))
    with clock.standing(MONDAY.replace(hour=23, minute=59)):
        assert Client().get(path).status_code == 200
    with clock.standing(MONDAY.replace(hour=0, minute=0) + timedelta(days=1, seconds=1)):
        gone = Client().get(path)
        assert gone.status_code == 410
        assert "By channel" not in text(gone)


def test_a_link_that_was_ended_or_whose_view_was_removed_shows_nothing(dan: Client) -> None:
    view = kept(people.dan())
    first, second = a_link(dan, view), a_link(dan, view)
    newest = links.open_of(view).first()
    assert newest is not None
    Client().get(second)  # its page is kept for a minute, and still shows nothing afterwards
    dan.post(reverse("end-view-link", args=[newest.pk]))
    assert Client().get(second).status_code == 410
    assert Client().get(first).status_code == 200
    dan.post(reverse("remove-view", args=[view.pk]))
    assert Client().get(first).status_code == 410
    assert AuditLine.objects.filter(action="ended a link to a view").count() == 1


def test_made_up_addresses_find_nothing_and_many_are_stopped(dan: Client) -> None:
    path = a_link(dan, kept(people.dan()))
    other = path[:-1] + ("a" if path[-1] != "a" else "b")
    assert Client().get(other).status_code == 404
    assert Client().get("/embed/x").status_code in (302, 404)
    assert Client().post(path).status_code == 405
    for _ in range(gate.MOST):
        Client().get(other)
    assert Client().get(other).status_code == 429
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize(
    "odd",
    [
        {"last": ""},
        {"last": "2026-02-30"},
        {"last": "2026-03-01"},
        {"last": "2027-12-01"},
        {"last": "2026-03-31", "sites": "http://example.com"},
        {"last": "2026-03-31", "sites": "https://example.com; script-src *"},
    ],
)
def test_a_link_needs_a_day_to_come_and_sites_that_are_some(
    dan: Client, odd: dict[str, str]
) -> None:
    page = dan.post(reverse("make-view-link", args=[kept(people.dan()).pk]), odd)
    assert notices(page)
    assert not ViewLink.objects.exists()


def test_only_leads_show_outside_and_only_what_is_the_teams(dan: Client, alice: Client) -> None:
    view = kept(people.alice())
    given = {"last": "2026-03-31"}
    assert alice.post(reverse("make-view-link", args=[view.pk]), given).status_code == 403
    with pytest.raises(NotAllowedError):
        links.make(people.alice(), view, MONDAY.date(), "")
    own = kept(people.dan(), shared=False)
    page = dan.post(reverse("make-view-link", args=[own.pk]), given)
    assert "Only a view of the team" in notices(page)
    assert not ViewLink.objects.exists()


def test_many_readers_of_a_minute_are_one_question(dan: Client) -> None:
    heard()
    path = a_link(dan, kept(people.dan()))
    first = source(Client().get(path))
    for at in range(9):
        stage.says(f"Later {at}", "no signal", channel="bluesky")
    assert source(Client().get(path)) == first
    with clock.standing(MONDAY + timedelta(minutes=2)):
        assert ">21<" in source(Client().get(path))


# Sent


def erin() -> Expert:
    area = areas.keep(people.dan(), "Network", ["outage"])
    return areas.add_expert(people.dan(), area, "Erin", "erin@example.com", "de")


def choose(browser: Client, view: SavedView, to: str, **other: object) -> str:
    given = {"to": to, "weekday": 0, "hour": 10} | other
    there = reverse("choose-view-time", args=[view.pk])
    return notices(browser.post(there, given, follow=True))


def test_a_colleague_gets_the_figures_and_where_the_chart_is(post: Post, dan: Client) -> None:
    heard()
    view, bob = kept(people.dan()), people.bob()
    assert choose(dan, view, f"advisor-{bob.pk}") == ""
    assert "Bob each week: Monday, 10:00" in text(dan.get(reverse("saved-view", args=[view.pk])))
    assert SENDER.run() == 0
    with clock.standing(MONDAY + timedelta(hours=1)):
        assert SENDER.run() == 1
        assert SENDER.run() == 0
    message = post.came[0]
    assert (message["To"], message["Subject"]) == ("bob@example.com", "By channel")
    said = content(message)
    assert "the last 7 days · side by side: Channel" in said
    assert "- Bluesky: 12 mentions, 12 people" in said
    assert "- E-mail: too few to show" in said
    assert "Figures about fewer than 5 people are hidden." in said
    assert "/reports/explore?period=7d&by=channel" in said
    assert not ViewLink.objects.exists()
    with clock.standing(MONDAY + timedelta(days=7, hours=1)):
        assert SENDER.run() == 1


def test_an_expert_gets_it_in_her_language_with_a_link_of_her_own(post: Post, dan: Client) -> None:
    heard()
    view, her = kept(people.dan()), erin()
    choose(dan, view, f"expert-{her.pk}")
    with clock.standing(MONDAY + timedelta(hours=1)):
        assert SENDER.run() == 1
        found = re.search(r"/embed/\S+", content(post.came[0]))
        assert found
        assert Client().get(found[0]).status_code == 200
        assert "Sent to Erin" in text(dan.get(reverse("saved-view", args=[view.pk])))
        areas.remove_expert(people.dan(), her)
        assert Client().get(found[0]).status_code == 410
    with clock.standing(MONDAY + timedelta(days=7, hours=1)):
        assert SENDER.run() == 0


def test_a_server_that_is_away_is_tried_again(monkeypatch: pytest.MonkeyPatch, dan: Client) -> None:
    view, her = kept(people.dan()), erin()
    choose(dan, view, f"expert-{her.pk}")
    uses(monkeypatch, "smtp://127.0.0.1:1")
    with clock.standing(MONDAY + timedelta(hours=1)):
        assert SENDER.run() == 0
        row = ViewTime.objects.get()
        assert row.mail_due_at is not None
        assert row.mail_due_at > clock.now()
        assert "127.0.0.1" in row.words
        assert not links.open_of(view).exists()  # what was not sent opens nothing


def test_what_another_process_has_is_not_sent_twice(post: Post, dan: Client) -> None:
    choose(dan, kept(people.dan()), f"advisor-{people.bob().pk}")

    def meanwhile(chosen: ViewTime, address: str) -> tuple[str, str]:
        assert SENDER.run() == 0
        return letter(chosen, address)

    with clock.standing(MONDAY + timedelta(hours=1)):
        assert Sender(meanwhile).run() == 1
    assert len(post.came) == 1


def test_nobody_gets_it_any_more_who_left_or_was_taken_off(post: Post, dan: Client) -> None:
    view, bob = kept(people.dan()), people.bob()
    choose(dan, view, f"advisor-{bob.pk}")
    Advisor.objects.filter(pk=bob.pk).update(is_active=False)
    with clock.standing(MONDAY + timedelta(hours=1)):
        assert SENDER.run() == 0
    choose(dan, view, f"advisor-{people.alice().pk}", hour=11)
    for each in ViewTime.objects.all():
        dan.post(reverse("end-view-time", args=[each.pk]))
    with clock.standing(MONDAY + timedelta(hours=3)):
        assert SENDER.run() == 0
    choose(dan, view, f"advisor-{people.alice().pk}", hour=12)
    views.remove(people.dan(), view)
    with clock.standing(MONDAY + timedelta(hours=4)):
        assert SENDER.run() == 0
    assert post.came == []
    assert AuditLine.objects.filter(action="ended sending a view").count() == 2


def test_who_may_not_read_reports_or_a_moment_that_is_none_cannot_be_chosen(dan: Client) -> None:
    view, ann = kept(people.dan()), people.ann()
    assert "may read reports" in choose(dan, view, f"advisor-{ann.pk}")
    for odd in ({"weekday": "7"}, {"hour": "24"}, {"hour": "²"}, {"weekday": ""}):
        assert "full hour" in choose(dan, view, f"advisor-{people.bob().pk}", **odd)
    own = kept(people.dan(), shared=False)
    assert "Only a view of the team" in choose(dan, own, f"advisor-{people.bob().pk}")
    for nobody in ("", "advisor-x", "expert-0"):
        there = reverse("choose-view-time", args=[view.pk])
        assert dan.post(there, {"to": nobody, "weekday": 0, "hour": 1}).status_code == 404
    assert not ViewTime.objects.exists()
    with pytest.raises(NotAllowedError):
        times.choose(people.alice(), view, people.bob(), 0, 1)


def test_it_is_on_the_page_what_was_sent_and_only_leads_choose(
    browse: Browse, alice: Client
) -> None:
    view = kept(people.alice())
    page = text(alice.get(reverse("saved-view", args=[view.pk])))
    assert "It goes to nobody." in page
    assert "Leads and owners show views outside and send them." in page
    assert browse(people.ann()).get(reverse("saved-view", args=[view.pk])).status_code == 403
