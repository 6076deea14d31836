"""Any text can be read, in any company, and is read the same."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.listening.read import Reading, careful, fast
from rejoinder.listening.read.reasons import REASONS, said
from rejoinder.listening.read.words import INTENTS, NEEDS, SAFETY, SENTIMENTS

TIERS = pytest.mark.parametrize("tier", [fast, careful])
Tier = Callable[[Sequence[str]], list[Reading]]

TOM = "no signal since this morning and dad is on oxygen, I cannot call 999"
ANY = st.one_of(st.text(max_size=200), st.sampled_from([TOM, "thanks!", "you idiots", ""]))


@TIERS
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_reading_depends_on_no_other_text_nor_on_their_order(
    tier: Tier, data: st.DataObject
) -> None:
    texts = data.draw(st.lists(ANY, max_size=6))
    order = data.draw(st.permutations(range(len(texts))))
    together = tier(texts)
    assert together == [one for text in texts for one in tier([text])]
    assert tier([texts[at] for at in order]) == [together[at] for at in order]


@TIERS
@settings(max_examples=25, deadline=None)
@given(text=st.text(alphabet=st.characters(), max_size=300))
def test_every_reading_is_of_the_closed_lists(tier: Tier, text: str) -> None:
    (reading,) = tier([text])
    assert reading.need in NEEDS
    assert reading.intent in INTENTS
    assert reading.sentiment in SENTIMENTS
    assert reading.safety in (None, *SAFETY)
    assert reading.safety is None or reading.need == "urgent"
    assert reading.abuse or reading.need != "abuse"
    assert reading.why
    assert all(because.code in REASONS and said(because) for because in reading.why)
    confidence = reading.confidence
    assert all(0 <= getattr(confidence, name) <= 1 for name in confidence.__struct_fields__)


@TIERS
@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\0",
        "a\0b 999 \0",
        "\ud83d broken \udca9 pair",
        "😡" * 5_000,
        "can" * 100_000,
        "cannot " * 100_000,
        "my ex he she they " * 20_000,
        "((((((((((*+?" * 1_000,
        "e\u0301" * 10_000,
        "İ" * 1_000,
    ],
)
def test_a_hostile_text_is_read_all_the_same(tier: Tier, text: str) -> None:
    assert len(tier([text, "hello"])) == 2


@TIERS
def test_ten_megabytes_are_read_as_their_beginning_and_their_end(tier: Tier) -> None:
    (reading,) = tier(["so anyway " * 1_000_000 + TOM])
    assert reading.need == "urgent"


@TIERS
def test_no_text_is_no_reading(tier: Tier) -> None:
    assert tier([]) == []
