"""What every channel keeps that takes films: one leaves whole and with its words, or nothing."""

from math import ceil

import pytest

from rejoinder.channels.contract import Film, Receipt, Refused, TryLater
from rejoinder.plumbing import film as films
from tests.contract.stage import Stage, answers, lost, same, unreachable
from tests.films import film

pytestmark = pytest.mark.can("film")
UNTIDY = [503, 500, 429]


def filmed(alt: str) -> Film:
    """One as the desk makes it."""
    made = films.ours(film())
    return Film(
        data=made.data,
        alt=alt,
        width=made.width,
        height=made.height,
        seconds=ceil(made.seconds),
    )


RESTART = filmed("A hand holds both buttons of a phone until it starts again 📱")


def test_a_film_leaves_with_its_words(stage: Stage) -> None:
    post = stage.is_asked()
    outgoing, key, sent = stage.answers(post, "This is how.", film=RESTART)
    assert isinstance(sent, Receipt), sent
    [kept] = stage.ours(post.external_id)
    assert (kept.films, kept.pictures) == ((RESTART.alt,), ())
    if stage.channel.can.reads_back:
        assert same(stage.channel.find_sent(outgoing, key), sent) or sent.ref


def test_a_lost_answer_makes_no_second_film(stage: Stage) -> None:
    post = stage.is_asked()
    stage.line.on_send(lost)
    outgoing, key, sent = stage.answers(post, "This is how.", film=RESTART)
    found = sent if isinstance(sent, Receipt) else stage.channel.find_sent(outgoing, key)
    assert found is not None
    assert [kept.films for kept in stage.ours(post.external_id)] == [(RESTART.alt,)]


def test_while_the_platform_takes_no_film_nothing_is_posted(stage: Stage) -> None:
    post = stage.is_asked()
    for trouble in (unreachable, *(answers(status) for status in UNTIDY)):
        stage.line.on_read(trouble)
        _, _, sent = stage.answers(post, "This is how.", film=RESTART)
        assert isinstance(sent, TryLater), sent
        stage.line.mends()
    assert stage.ours(post.external_id) == []
    _, _, sent = stage.answers(post, "This is how.", 2, film=RESTART)
    assert isinstance(sent, Receipt), sent
    [kept] = stage.ours(post.external_id)
    assert kept.films == (RESTART.alt,)


def test_a_film_that_the_platform_refuses_is_refused_with_its_words(stage: Stage) -> None:
    post = stage.is_asked()
    stage.line.on_read(answers(413, b'{"error": "PayloadTooLarge", "message": "too large"}'))
    _, _, sent = stage.answers(post, "This is how.", film=RESTART)
    assert isinstance(sent, Refused), sent
    assert "film" in sent.words.lower()
    assert stage.ours(post.external_id) == []


def test_other_words_leave_the_film_where_it_is(stage: Stage) -> None:
    if not stage.channel.can.edit:
        return
    post = stage.is_asked()
    outgoing, _, sent = stage.answers(post, "This is how.", film=RESTART)
    assert isinstance(sent, Receipt)
    changed = stage.channel.edit(stage.as_it_stands(outgoing, sent, "It was so."))
    assert isinstance(changed, Receipt), changed
    [kept] = stage.ours(post.external_id)
    assert (kept.text, kept.films) == ("It was so.", (RESTART.alt,))
