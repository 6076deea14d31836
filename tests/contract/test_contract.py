"""What every channel keeps: nothing lost, nothing twice, and a clear word for every trouble."""

from datetime import UTC, datetime
from typing import get_args

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.channels.contract import (
    BY_HAND,
    PRIVATE,
    Can,
    Hiding,
    Observed,
    Outgoing,
    Post,
    Receipt,
    Refused,
    Sent,
    TroubleError,
    TryLater,
    Uncertain,
)
from rejoinder.channels.rate_headers import LONGEST_WAIT
from rejoinder.plumbing.answer import Answer
from tests.contract.stage import (
    Stage,
    Trouble,
    answers,
    garbage,
    half,
    lost,
    same,
    silent,
    unreachable,
)

TRICKS = [
    "العربية من اليمين إلى اليسار 123",
    "עברית \u202eabc\u202c end",
    "👩‍👩‍👧‍👦 🇬🇧🇩🇪 👍🏽 ❤️",
    "e\u0301 Z\u0351\u036b\u0343 ﬁ Å",
    "<script>alert(1)</script> & \"quotes\" 'and' \\backslash",
    "line one\nline two\ttab",
    "zero\u200bwidth\u2060joiner \ufeff mark",
]

PARTS = ("limit", "remaining", "reset")

# What we say to the platform while a fuzzed answer is tried; nothing of it is posted.
FUZZ = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def test_it_declares_what_the_desk_shows(stage: Stage) -> None:
    kind = type(stage.channel)
    assert regex.fullmatch(r"[a-z]+", kind.name)
    assert kind.label
    assert regex.fullmatch(r"[MmLlHhVvCcSsQqTtAaZz0-9., -]+", kind.glyph)
    assert isinstance(kind.can, Can)
    assert kind.poll > 0
    assert all(field.label and field.name.isidentifier() for field in kind.form)
    limits = kind.limits()
    assert len({(limit.name, limit.valid_from) for limit in limits}) == len(limits)
    for limit in limits:
        costs = [limit.cost, *limit.costs.values()]
        assert 0 <= min(costs) <= max(costs) <= limit.cap
        assert max(costs) > 0
        assert limit.window > 0


def test_limits_that_share_a_total_count_the_same_kinds(stage: Stage) -> None:
    limits = type(stage.channel).limits()
    kinds = {"", PRIVATE, BY_HAND, *(kind for limit in limits for kind in limit.costs)}
    counted: dict[tuple[str, str], set[str]] = {}
    for limit in limits:
        own = {kind for kind in kinds if limit.costs.get(kind, limit.cost)}
        assert counted.setdefault((limit.scope, limit.unit), own) == own


def test_it_says_who_we_are(stage: Stage) -> None:
    who = stage.channel.identify()
    assert who.external_id == stage.channel.connection.external_id
    assert who.handle


def test_a_healthy_account_has_nothing_serious(stage: Stage) -> None:
    assert [finding for finding in stage.channel.check() if not finding.ok] == []


def test_an_account_that_does_not_answer_is_found_with_a_remedy(stage: Stage) -> None:
    if not stage.over_http:
        return  # has no line of this kind to break
    stage.line.on_read(*[unreachable] * 3)
    [finding] = [finding for finding in stage.channel.check() if not finding.ok]
    assert finding.serious
    assert finding.words
    assert finding.remedy


def test_keys_are_the_same_for_one_reply_and_differ_between_replies(stage: Stage) -> None:
    kind, at = type(stage.channel), datetime(2026, 3, 2, 9, tzinfo=UTC)
    keys = [kind.new_key(at, number) for number in range(5000)]
    assert keys == [kind.new_key(at, number) for number in range(5000)]
    assert len(set(keys)) == 5000


# Listening


def test_what_was_said_before_we_listen_is_the_past(stage: Stage) -> None:
    stage.is_asked("yesterday's question")
    stage.opens()
    stage.posts_heard.clear()
    later = stage.says("tom", "today's question")
    stage.hears(later)
    assert [post.external_id for post in stage.posts_heard] == [later]


def test_a_mention_is_heard_with_all_that_matters(stage: Stage) -> None:
    post = stage.is_asked("no signal in Leeds")
    assert post.kind == "post"
    assert post.text.endswith("no signal in Leeds")
    assert post.handle
    assert post.author_id
    assert post.author_id != stage.channel.connection.external_id
    assert post.tagged
    assert not post.ours
    assert post.url.startswith("http") or not stage.over_http
    assert post.created_at is not None
    assert post.created_at.utcoffset() is not None


def test_who_does_not_tag_us_is_heard_by_our_words(stage: Stage) -> None:
    if not stage.channel.can.untagged:
        return  # this platform has no search
    stage.opens()
    [post] = stage.hears(stage.says("tina", "is it down again", tag=False))
    assert not post.tagged


def test_nothing_is_lost_and_nothing_comes_twice(stage: Stage) -> None:
    stage.opens()
    said: list[str] = []
    for round_ in range(4):
        said += [stage.says("tom", f"round {round_}, question {n}") for n in range(6)]
        stage.listens()
    stage.hears(*said)
    assert [stage.listens() for _ in range(3)] == [[], [], []]
    heard = [post.external_id for post in stage.posts_heard]
    assert sorted(heard) == sorted(said)


def test_a_quiet_hour_moves_nothing(stage: Stage) -> None:
    stage.opens()
    assert [stage.listens() for _ in range(3)] == [[], [], []]
    stage.hears(stage.says("tom", "hello again"))


def test_a_huge_thread_is_heard_whole(stage: Stage) -> None:
    stage.opens()
    first = stage.says("tom", "who else")
    replies = [stage.says("tina", f"me {n}", reply_to=first) for n in range(250)]
    posts = stage.hears(*replies, within=60)
    assert {post.root for post in posts} == {first}
    assert len(stage.posts_heard) == 251


def test_an_edit_and_a_deletion_follow(stage: Stage) -> None:
    if not stage.replies_changed:
        return  # what was sent stays as it is
    post = stage.is_asked("no signal in Leds")
    stage.edits(post.external_id, "no signal in Leeds")
    [edited] = stage.hears(post.external_id, kind="edit")
    assert "no signal in Leeds" in edited.text
    stage.deletes(post.external_id)
    stage.hears(post.external_id, kind="delete")


@pytest.mark.parametrize("text", TRICKS)
def test_every_script_arrives_as_it_was_written(stage: Stage, text: str) -> None:
    assert text.strip() in stage.is_asked(text).text


@pytest.mark.parametrize(
    "trouble",
    [
        answers(500),
        answers(429, retry_after="7"),
        answers(301, location="https://elsewhere.example.com"),
        answers(200, b""),
        answers(200, b"[" * 100_000),
        answers(200, b'{"a": "\\ud800'),
        garbage,
        half,
        lost,
        unreachable,
    ],
)
def test_trouble_while_listening_is_said_and_loses_nothing(stage: Stage, trouble: Trouble) -> None:
    if not stage.over_http:
        return  # has no line of this kind to break
    stage.opens()
    said = stage.says("tom", "hello in a storm")
    stage.line.on_read(*[trouble] * 8)
    with pytest.raises(TroubleError) as caught:
        stage.listens()
    assert caught.value.words
    assert caught.value.after > 0
    stage.line.mends()
    stage.hears(said)


# Sending


def test_a_reply_is_sent_once_and_stands_in_its_thread(stage: Stage) -> None:
    post = stage.is_asked()
    outgoing, key, sent = stage.answers(post, "Yes, in Leeds. It is back at noon.")
    assert isinstance(sent, Receipt)
    [kept] = stage.ours(post.external_id)
    assert (kept.id, kept.text) == (sent.external_id, outgoing.text)
    assert kept.in_reply_to == kept.root == post.external_id
    assert _finds(stage, outgoing, key, sent)


def test_a_reply_deep_in_a_thread_names_its_root(stage: Stage) -> None:
    stage.opens()
    first = stage.says("tina", "what is it with phones", tag=False)
    [post] = stage.hears(stage.says("tom", "ask them", reply_to=first))
    stage.answers(post, "Here we are.")
    [kept] = stage.ours(post.external_id)
    assert (kept.in_reply_to, kept.root) == (post.external_id, first)


def test_the_same_key_twice_is_one_post(stage: Stage) -> None:
    post = stage.is_asked()
    outgoing, key, first = stage.answers(post, "Only once.")
    if stage.repeatable:
        assert same(stage.channel.send(outgoing, key), first)
    assert _finds(stage, outgoing, key, first)
    assert len(stage.ours(post.external_id)) == 1


@pytest.mark.parametrize("number", [0, 1])
def test_what_we_count_as_fitting_is_taken(stage: Stage, number: int) -> None:
    text = stage.longest[number]
    count = stage.counted(text)
    assert count.ok
    assert count.used == count.allowed
    _, _, sent = stage.answers(stage.is_asked(), text)
    assert isinstance(sent, Receipt)


@pytest.mark.parametrize("number", [0, 1])
def test_what_we_count_as_too_long_is_refused_in_its_words(stage: Stage, number: int) -> None:
    text = stage.too_long[number]
    count = stage.counted(text)
    assert not count.ok
    assert count.used > count.allowed
    post = stage.is_asked()
    _, _, sent = stage.answers(post, text)
    assert isinstance(sent, Refused)
    assert sent.words
    assert stage.ours(post.external_id) == []


@pytest.mark.parametrize("text", TRICKS)
def test_what_we_write_arrives_as_we_wrote_it(stage: Stage, text: str) -> None:
    post = stage.is_asked()
    outgoing, key, sent = stage.answers(post, text)
    assert [kept.text for kept in stage.ours(post.external_id)] == [text]
    assert _finds(stage, outgoing, key, sent)


def test_a_limit_is_waited_for(stage: Stage) -> None:
    if not stage.sends_over_http:
        return  # has no line of this kind to break
    post = stage.is_asked()
    stage.line.on_send(
        answers(429, b'{"error":"x","message":"Rate Limit Exceeded"}', retry_after="90")
    )
    _, _, sent = stage.answers(post, "Soon.")
    assert isinstance(sent, TryLater)
    assert sent.limited
    assert sent.after == 90
    assert stage.ours(post.external_id) == []


def test_what_never_left_may_be_tried_again(stage: Stage) -> None:
    if not stage.sends_over_http:
        return  # has no line of this kind to break
    post = stage.is_asked()
    stage.line.on_send(unreachable)
    _, _, sent = stage.answers(post, "Soon.")
    assert isinstance(sent, TryLater)
    assert not sent.limited


def test_a_platform_that_moved_got_nothing(stage: Stage) -> None:
    if not stage.sends_over_http:
        return  # has no line of this kind to break
    post = stage.is_asked()
    stage.line.on_send(answers(301, location="https://elsewhere.example.com"))
    _, _, sent = stage.answers(post, "Where are you?")
    assert isinstance(sent, TryLater)


@pytest.mark.parametrize("trouble", [lost, garbage, half])
def test_a_lost_answer_is_uncertain_and_found_again(stage: Stage, trouble: Trouble) -> None:
    if not stage.sends_over_http:
        return  # has no line of this kind to break
    post = stage.is_asked()
    stage.line.on_send(trouble)
    outgoing, key, sent = stage.answers(post, "Did that arrive?")
    # A channel may look by itself; it may not call it refused or try later.
    assert isinstance(sent, Uncertain | Receipt)
    found = stage.channel.find_sent(outgoing, key)
    assert found is not None
    assert [kept.id for kept in stage.ours(post.external_id)] == [found.external_id]


@pytest.mark.parametrize("trouble", [silent, answers(500), answers(503), answers(200, b"")])
def test_a_lost_reply_is_uncertain_and_not_found(stage: Stage, trouble: Trouble) -> None:
    if not stage.sends_over_http:
        return  # has no line of this kind to break
    post = stage.is_asked()
    stage.line.on_send(trouble)
    outgoing, key, sent = stage.answers(post, "Did that arrive?")
    assert isinstance(sent, Uncertain)
    assert stage.channel.find_sent(outgoing, key) is None
    assert stage.ours(post.external_id) == []


def test_who_cannot_publish_says_so(stage: Stage) -> None:
    if stage.channel.can.publish:
        return
    publication, key, sent = stage.publishes("Leeds is back.")
    assert isinstance(sent, Refused)
    with pytest.raises(TroubleError):
        stage.channel.find_published(publication, key)


def test_who_cannot_hide_says_so(stage: Stage) -> None:
    if not stage.channel.can.hide:
        assert not stage.channel.hides({"id": "1"})
        sent = stage.channel.hide(Hiding(external_id="1", hidden=True))
        assert isinstance(sent, Refused)


def test_one_reply_is_not_taken_for_another(stage: Stage) -> None:
    if not stage.sends_over_http:
        return  # has no line of this kind to break
    post = stage.is_asked()
    stage.answers(post, "Hello Tom.", number=1)
    stage.line.on_send(silent)
    outgoing, key, _ = stage.answers(post, "And goodbye.", number=2)
    assert stage.channel.find_sent(outgoing, key) is None


@FUZZ
@given(
    header=st.dictionaries(
        st.sampled_from(
            [
                *(f"x-{way}-{part}" for way in ("rate-limit", "ratelimit") for part in PARTS),
                *(f"ratelimit{part}" for part in ("", "-policy", *(f"-{part}" for part in PARTS))),
                "x-app-usage",
            ]
        ),
        st.text(max_size=20) | st.integers(0, 10**12).map(str),
    )
)
def test_no_header_of_a_platform_breaks_a_send(stage: Stage, header: dict[str, str]) -> None:
    if not stage.sends_over_http:
        return  # has no line of this kind to break
    stage.line.on_send(lambda call: Answer(429, header, b"{}"))
    _, _, sent = stage.answers(_question(stage), "Hello.")
    stage.line.mends()
    assert isinstance(sent, TryLater)
    assert 1 <= sent.after <= LONGEST_WAIT
    assert all(isinstance(told, Observed) for told in sent.observed)


def test_a_look_that_fails_says_so(stage: Stage) -> None:
    if not stage.sends_over_http:
        return  # has no line of this kind to break
    outgoing, key, _ = stage.answers(stage.is_asked(), "Hello.")
    for trouble in (answers(500), unreachable, garbage):
        stage.line.on_read(trouble)
        with pytest.raises(TroubleError):
            stage.channel.find_sent(outgoing, key)


@FUZZ
@given(
    status=st.integers(100, 599),
    body=st.one_of(st.binary(max_size=200), st.just(b'{"error": 7}'), st.just(b'{"uri": null}')),
    after=st.text(max_size=10),
)
def test_no_answer_of_a_platform_breaks_a_send(
    stage: Stage, status: int, body: bytes, after: str
) -> None:
    if not stage.sends_over_http:
        return  # has no line of this kind to break
    stage.line.on_send(*[answers(status, body, retry_after=after, ratelimit_reset=after)] * 2)
    _, _, sent = stage.answers(_question(stage), "Hello.")
    stage.line.mends()
    assert isinstance(sent, get_args(Sent))
    if isinstance(sent, TryLater):
        assert sent.after >= 1


def _finds(stage: Stage, outgoing: Outgoing, key: str, sent: Sent) -> bool:
    """Whether a look finds what was sent; where nothing can be read back, nobody looks."""
    if not stage.channel.can.reads_back:
        return True
    return same(stage.channel.find_sent(outgoing, key), sent)


def _question(stage: Stage) -> Post:
    return stage.posts_heard[-1] if stage.posts_heard else stage.is_asked()
