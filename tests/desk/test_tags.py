"""Tags: kept by leads, put on by anybody, merged without doubles."""

from datetime import datetime

import pytest

from rejoinder.desk import queue, tags
from rejoinder.desk.models import Tag, Tagged
from rejoinder.desk.refusals import CannotError
from rejoinder.team import access
from rejoinder.team.models import AuditLine
from tests import people
from tests.web import stage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]


def test_a_tag_is_put_on_found_and_taken_off() -> None:
    tag = tags.keep(people.dan(), " Roaming  abroad ")
    tom, rosa = stage.says("Tom", "no signal"), stage.says("Rosa", "my bill")
    for _twice in range(2):
        tags.put(tom, people.alice(), "roaming abroad")
    assert tags.on([tom, rosa]) == {tom.pk: [tag]}
    page = queue.page(people.alice(), "queue", only=tags.carrying(tag))
    assert [(row.conversation, row.tags) for row in page.rows] == [(tom, [tag])]
    tags.take_away(tom, people.bob(), tag)
    assert tags.on([tom]) == {}
    assert Tagged.objects.get().ended_by == people.bob()
    assert AuditLine.objects.filter(action="tagged").count() == 1


def test_the_name_of_another_makes_two_one_and_nothing_carries_it_twice() -> None:
    roaming, abroad = (tags.keep(people.dan(), name) for name in ("Roaming", "Abroad"))
    tom, rosa = stage.says("Tom", "no signal"), stage.says("Rosa", "no signal")
    for talk, name in ((tom, "Roaming"), (tom, "Abroad"), (rosa, "Abroad")):
        tags.put(talk, people.alice(), name)
    one = tags.keep(people.dan(), "roaming", abroad)
    assert one == roaming
    assert list(Tag.objects.values_list("name", flat=True)) == ["roaming"]
    assert tags.on([tom, rosa]) == {tom.pk: [roaming], rosa.pk: [roaming]}
    assert tags.counted().get().carried == 2  # type: ignore[attr-defined]  # annotated


def test_search_is_asked_for_one_tag() -> None:
    tag = tags.keep(people.dan(), "Roaming")
    tom = stage.says("Tom", "no signal in Rome")
    stage.says("Rosa", "no signal in Leeds")
    tags.put(tom, people.alice(), "Roaming")
    for words in ("signal", ""):
        found = tags.find(people.alice(), words, tag)
        assert [each.person.name for each in found.mentions] == ["Tom"]
        assert found.older is None
    assert tags.find(people.alice(), "Leeds", tag).mentions == []
    assert tags.find(people.ann(), "", tag).mentions == []


def test_only_leads_keep_the_list_and_only_the_list_is_used(monday: datetime) -> None:
    tom = stage.says("Tom", "no signal")
    tag = tags.keep(people.dan(), "Roaming")
    for attempt in (
        lambda: tags.keep(people.alice(), "Mine"),
        lambda: tags.remove(people.alice(), tag),
        lambda: tags.put(tom, people.ann(), "Roaming"),
        lambda: tags.take_away(tom, people.ann(), tag),
    ):
        with pytest.raises(access.NotAllowedError):
            attempt()
    with pytest.raises(CannotError, match="not on the list"):
        tags.put(tom, people.alice(), "Mine")
    with pytest.raises(CannotError, match="needs a name"):
        tags.keep(people.dan(), "  ")
    tags.put(tom, people.alice(), "Roaming")
    tags.remove(people.dan(), tag)
    assert tags.on([tom]) == {}
