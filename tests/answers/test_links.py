"""Short links to our own pages: to no other, counted by day, gone when they end."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.answers import links, visits
from rejoinder.answers.models import Link
from rejoinder.answers.refusals import CannotError
from rejoinder.answers.visits import Followed
from rejoinder.plumbing import clock
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]
OURS = ["northwind.example"]
PAGE = "https://help.northwind.example/sim?step=2#now"


def made(name: str = "Swap a SIM", url: str = PAGE) -> Link:
    return links.make(people.alice(), name, url, OURS)


def test_one_leads_to_a_page_of_ours_and_the_same_again_is_the_same() -> None:
    link = made()
    assert made("  Swap  a SIM ", f" {PAGE} ") == link
    assert made("Another name").code != link.code
    assert [each.link.name for each in links.kept()] == ["Another name", "Swap a SIM"]
    assert AuditLine.objects.filter(action="made a short link").count() == 2


@pytest.mark.parametrize(
    "url",
    [
        "http://northwind.example/",  # may be changed on its way
        "https://northwind.example.evil.example/",
        "https://evil.example/northwind.example",
        "https://northwind.example@evil.example/",
        "https://northwind.example:8443/",
        "https://northwind.example/\r\nSet-Cookie: a=b",
        "https://northwind.example/a b",
        "https://evil.example\\@northwind.example/",
        "https://n\u043erthwind.example/",
        "javascript:alert(1)//northwind.example",
        "//northwind.example/",
        "https://[northwind.example/",
        "https://northwind.example/" + "a" * 1000,
        "",
    ],
)
def test_no_other_address_gets_one(url: str) -> None:
    with pytest.raises(CannotError):
        made(url=url)
    assert not Link.objects.exists()


@given(st.text(max_size=60))
def test_whatever_is_typed_leads_to_us_or_nowhere(text: str) -> None:
    for url in (text, f"https://{text}", f"https://{text}northwind.example/{text}"):
        try:
            links._check("Any", url, OURS)
        except CannotError:
            continue
        assert url.isascii()
        host = url.removeprefix("https://").split("/")[0].split("?")[0].split("#")[0].lower()
        assert host.removesuffix(":443").removesuffix(":").rstrip(".").endswith(OURS[0])


def test_it_has_a_name_and_a_house_without_domains_has_none() -> None:
    with pytest.raises(CannotError, match="name"):
        made(" ")
    with pytest.raises(CannotError, match="your own only"):
        links.make(people.alice(), "Swap a SIM", PAGE, [])


def test_visits_add_up_by_day() -> None:
    link, today = made(), clock.now().date()
    old = today - timedelta(days=28)
    visits.count({Followed("link", link.pk, today): 2, Followed("link", link.pk, old): 5})
    visits.count({Followed("link", link.pk, today): 1})
    [found] = links.kept()
    assert (found.total, found.lately) == (8, 3)
    made("Another")
    assert [each.total for each in links.kept()] == [0, 8]
    assert date(2020, 1, 1) < old


def test_who_steers_ends_one() -> None:
    link = made()
    with pytest.raises(NotAllowedError):
        links.end(people.alice(), link)
    links.end(people.dan(), link)
    links.end(people.dan(), link)
    assert links.kept() == []
    assert AuditLine.objects.filter(action="ended a short link").count() == 1
    assert made().code != link.code
