"""Watches are written by leads and owners, tried on what was heard, and switched."""

import pytest
from django.test import Client
from django.urls import reverse

from rejoinder.listening.models import Caught, Mention, Watch
from rejoinder.plumbing import clock
from rejoinder.team.models import AuditLine
from tests.web import stage
from tests.web.pages import notices, source, text

NEW = "/watches/new"

pytestmark = pytest.mark.usefixtures("monday")


def written(name: str = "Our name", words: str = "northwind OR norhtwind") -> Watch:
    return Watch.objects.create(name=name, words=words, created_at=clock.now())


def test_dan_writes_a_watch(dan: Client) -> None:
    answer = dan.post(NEW, {"name": "Our name", "words": "northwind~1 -film"}, follow=True)

    assert "“Our name” watches from now on." in notices(answer)
    assert Watch.objects.get().words == "northwind~1 -film"
    assert AuditLine.objects.filter(action="wrote the watch", what="Our name").exists()
    assert "northwind~1 -film" in text(dan.get(reverse("watches")))


def test_a_mistake_stands_beside_the_field_with_its_column(dan: Client) -> None:
    answer = dan.post(NEW, {"name": "Our name", "words": "northwind AND (film"})

    assert answer.status_code == 422
    assert "Column 15: This “(” is never closed: expected “)”." in text(answer)
    assert "<mark>(</mark>" in source(answer)
    assert not Watch.objects.exists()


def test_a_preview_shows_what_would_be_caught_underlined_and_keeps_nothing(dan: Client) -> None:
    stage.says("Tom", "Is <b>Northwind</b> down again?")
    stage.says("Tina", "lovely weather")

    answer = dan.post(NEW, {"words": "northwind", "preview": "yes"})

    assert answer.status_code == 200
    assert "Would have caught 1 of the newest 2 mentions" in text(answer)
    assert '&lt;b&gt;<u class="caught">Northwind</u>&lt;/b&gt;' in source(answer)
    assert not Watch.objects.exists()
    assert "This field is required" not in text(answer)


def test_a_preview_shows_what_sounds_alike_and_what_no_watch_catches(dan: Client) -> None:
    for number in range(12):
        stage.says(f"Tom {number}", f"northwind no signal in my street since {number}")
        stage.says(f"Ned {number}", f"lovely weather for a walk with dog {number}", tagged=False)
    stage.says("Tina", "nrothwnd no signal in my street since noon", tagged=False)
    stage.says("Granny", "please call me")
    written("calls", "call* -please")

    page = text(dan.post(NEW, {"words": "northwind", "preview": "yes"}))

    alike, uncaught = page.index("Sound alike"), page.index("caught by no watch")
    assert alike < page.index("nrothwnd") < uncaught < page.index("please call me")
    assert "lovely weather" not in page


def test_what_is_hidden_is_not_found_by_its_kind(dan: Client) -> None:
    stage.says("Tom", "call [••• phone number] now")

    page = text(dan.post(NEW, {"words": "phone OR call", "preview": "yes"}))

    assert "Would have caught 1 of" in page
    assert "Would have caught 0 of" in text(dan.post(NEW, {"words": "phone", "preview": "yes"}))


def test_a_watch_is_changed_and_keeps_who_wrote_it(dan: Client, olga: Client) -> None:
    dan.post(NEW, {"name": "Our name", "words": "northwind"})
    watch = Watch.objects.get()

    page = source(olga.get(reverse("change-watch", args=[watch.pk])))
    olga.post(reverse("change-watch", args=[watch.pk]), {"name": "Us", "words": "northwind*"})

    assert "northwind" in page
    watch.refresh_from_db()
    assert (watch.name, watch.words) == ("Us", "northwind*")
    assert watch.created_by is not None
    assert watch.created_by.name == "Dan"
    assert AuditLine.objects.filter(action="changed the watch", what="Us").exists()


def test_a_watch_is_turned_off_and_on(dan: Client) -> None:
    watch = written()
    address = reverse("switch-watch", args=[watch.pk])

    assert "is off" in notices(dan.post(address, follow=True))
    assert not Watch.objects.get().enabled
    assert "is on" in notices(dan.post(address, {"on": "yes"}, follow=True))
    assert Watch.objects.get().enabled


def test_alice_reads_how_many_each_caught_and_changes_nothing(alice: Client) -> None:
    watch = written()
    stage.says("Tom", "northwind is down")
    Caught.objects.create(watch=watch, mention=Mention.objects.get(), at=clock.now())

    page = source(alice.get(reverse("watches")))

    assert '<td class="num">1</td>' in page
    assert "Turn off" not in page
    assert reverse("write-watch") not in page


def test_without_any_watch_the_page_says_what_one_is_for(alice: Client) -> None:
    assert "No watch yet." in text(alice.get(reverse("watches")))
