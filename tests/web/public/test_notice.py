"""The notice for people who are read about: in English and German, in the house's words if any."""

import pytest
from django.test import Client

from rejoinder.channels import actions as channels
from rejoinder.privacy import notice
from rejoinder.privacy.models import Notice, Period
from rejoinder.privacy.retention.holds import CannotError
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people
from tests.scene import account
from tests.web.pages import notices, source, text

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]


def test_anybody_reads_it_without_a_cookie(client: Client) -> None:
    page = client.get("/privacy")
    assert page.status_code == 200
    assert not client.cookies
    assert "that all of it is erased" in text(page)
    assert "Write to any of our accounts" in text(page)


def test_it_says_where_is_read_and_how_long_it_is_kept(client: Client) -> None:
    account("bluesky")
    channels.connect("webform", {}, witness=lambda _: None)
    Period.objects.create(
        kind="channel", name="bluesky", days=90, changed_at="2026-03-02T08:00Z",
        changed_by=people.dan(),
    )  # fmt: skip
    page = client.get("/privacy")
    assert "Bluesky: @brand" in text(page)
    assert "Bluesky: 90 days" in text(page)
    assert 'href="/contact"' in source(page)
    assert 'href="/privacy"' in source(client.get("/contact"))


def test_the_house_says_it_in_its_own_words(client: Client, dan: Client) -> None:
    form = {"language": "en-gb", "text": "We read.\r\n\r\n<b>Gladly</b>."}
    assert dan.post("/retention/notice", form).status_code == 302
    page = source(client.get("/privacy?in=en-gb"))
    assert "<p>We read.</p>" in page
    assert "&lt;b&gt;Gladly" in page
    assert "We read." not in text(client.get("/privacy?in=de"))
    assert "We read." in source(dan.get("/retention"))
    assert AuditLine.objects.filter(action="changed the public privacy notice").count() == 1
    dan.post("/retention/notice", {"language": "en-gb", "text": " "})
    assert "that all of it is erased" in text(client.get("/privacy?in=en-gb"))


def test_what_cannot_be_kept_is_said(dan: Client) -> None:
    page = dan.post("/retention/notice", {"language": "tlh", "text": "x"}, follow=True)
    assert "Choose one of the languages." in notices(page)
    with pytest.raises(CannotError, match="20,000"):
        notice.write(people.dan(), "de", "x" * 20_001)
    for who in (people.alice(), people.ann()):
        with pytest.raises(NotAllowedError):
            notice.write(who, "de", "x")
    assert not Notice.objects.exists()
