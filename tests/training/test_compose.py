"""A long post is made of short ones and is as needy as the neediest of them."""

from rejoinder.listening.read.words import NEEDS
from training.compose import composed
from training.posts import Post, learned


def test_composed_posts_are_as_needy_as_their_neediest_part() -> None:
    posts = learned()
    made = composed(posts)
    assert made == composed(posts)  # the same for the same posts
    assert len(made) > len(posts) / 4
    for one in made[:200]:
        parts: list[Post] = [posts[at] for at in one.parts]
        assert len(parts) > 1
        assert one.post.need == min((part.need for part in parts), key=NEEDS.index)
        assert all(part.text.rstrip(".") in one.post.text for part in parts)
        assert len({part.lang for part in parts}) == 1
