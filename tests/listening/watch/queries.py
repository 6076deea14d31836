"""Queries and posts drawn at random, from few words so that they meet."""

from hypothesis import strategies as st

from rejoinder.listening.watch import query
from rejoinder.listening.watch.query import Author, Language, Near, Not, Phrase, Query, Word
from tests.listening.watch.naive import Post

SPOKEN = ("No", "SIGNAL", "signals", "singal", "bars", "#O2", "@O2", "O2's", "O2", "l'été", "DON’T",
          "dont", "ete", "😡", "信号", "out-age", "outage!", "street_1", "bob@o2", "…")  # fmt: skip

plain = st.sampled_from(("no", "signal", "bars", "o2", "outage", "dont", "ete", "😡", "信"))
words = st.one_of(
    st.builds(Word, plain),
    st.builds(Word, st.sampled_from(("signal", "o2")), st.sampled_from("#@")),
    st.builds(Word, st.sampled_from(("sig", "out", "o2")), starts=st.just(True)),
    st.builds(Word, st.sampled_from(("signal", "outage")), edits=st.sampled_from((1, 2))),
)
phrases = st.lists(words, min_size=2, max_size=3).map(lambda some: Phrase(tuple(some)))
placed: st.SearchStrategy[Query] = st.one_of(words, phrases)
standing = st.one_of(placed, st.lists(placed, min_size=2, max_size=3).map(query.either))
leaves = st.one_of(
    words,
    phrases,
    st.builds(Near, standing, standing, st.integers(1, 5)),
    st.builds(Language, st.sampled_from(("en", "de"))),
    st.builds(Author, st.sampled_from(("brand", "tom"))),
)


def _joined(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    some = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(some.map(query.every), some.map(query.either), st.builds(Not, inner))


queries: st.SearchStrategy[Query] = st.recursive(leaves, _joined, max_leaves=8)
texts = st.lists(st.sampled_from(SPOKEN), max_size=12).map(" ".join)
posts = st.builds(
    Post,
    texts,
    st.sampled_from(("@brand", "Tom", "")),
    st.sampled_from(("en", "en-GB", "DE_at", "", "cy")),
)
