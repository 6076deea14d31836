"""What was heard comes back from bytes, the good posts even when others are broken."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.channels.contract import Post
from rejoinder.listening.hear.frames import POSTS_A_FRAME, BrokenFrameError, pack, unpack

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@given(
    st.lists(
        st.builds(
            Post,
            external_id=st.text(),
            text=st.text(),
            created_at=st.none() | st.datetimes(timezones=st.just(UTC)),
        )
    )
)
def test_posts_come_back_as_they_were(posts: list[Post]) -> None:
    frames = [unpack(frame) for frame in pack("pretend", 7, NOW, posts)]
    assert [post for frame, _ in frames for post in frame.posts] == posts
    assert all((f.channel, f.account, f.heard_at) == ("pretend", 7, NOW) for f, _ in frames)
    assert not any(bad for _, bad in frames)


def test_many_posts_are_several_frames() -> None:
    posts = [Post(external_id=str(n)) for n in range(2 * POSTS_A_FRAME + 1)]
    sizes = [len(unpack(frame)[0].posts) for frame in pack("pretend", None, NOW, posts)]
    assert sizes == [POSTS_A_FRAME, POSTS_A_FRAME, 1]


def test_half_a_character_does_not_keep_the_others_from_the_log() -> None:
    posts = [
        Post(external_id="1", text="a\ud83d", ref={"\udc00": ["\ud800"]}),
        Post(external_id="2"),
    ]
    (frame,) = pack("pretend", None, NOW, posts)
    assert [post.text for post in unpack(frame)[0].posts] == ["a\ufffd", ""]


def test_one_broken_post_costs_only_itself() -> None:
    (good,) = pack("pretend", None, NOW, [Post(external_id="1"), Post(external_id="2")])
    loose = msgspec.msgpack.decode(good)
    loose["posts"][0]["text"] = 5
    frame, bad = unpack(msgspec.msgpack.encode(loose))
    assert [post.external_id for post in frame.posts] == ["2"]
    assert len(bad) == 1
    assert "Expected `str`, got `int`" in bad[0].reason


@given(st.binary(max_size=200))
def test_bytes_that_are_no_frame_say_so(rubbish: bytes) -> None:
    with pytest.raises(BrokenFrameError):
        unpack(rubbish)
