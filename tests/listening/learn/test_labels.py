"""Labels are read leniently and told clearly."""

import pytest

from rejoinder.listening.learn.labels import FEWEST, Label, TooLittleError, enough, read


def test_bad_lines_are_told_by_number_and_the_rest_used() -> None:
    lines = [
        b'{"id": 1, "text": "no signal", "label": "signal"}\n',
        b"\n",
        b"{not json\n",
        b'{"id": 2, "text": "no label"}\n',
        b'{"id": 3, "text": "\xff", "label": "broken"}\n',
        b'{"id": 4, "text": "empty", "label": "  "}\n',
        b'{"id": 5, "text": "number", "label": 7}\n',
        b"[" * 100_000 + b"\n",
        b'{"text": "thanks", "label": " praise "}',
    ]
    good, bad = read(lines)
    assert good == [Label("no signal", "signal"), Label("thanks", "praise")]
    assert [one.line for one in bad] == [3, 4, 5, 6, 7, 8]
    assert all(one.error for one in bad)


def test_a_text_labelled_twice_counts_once_as_it_was_labelled_most_or_last() -> None:
    texts = [Label(f"{label} {i}", label) for label in "ab" for i in range(FEWEST)]
    twice = [Label("both", "a"), Label("both", "b")]
    labels, few = enough([*texts, *twice])
    assert labels[-1] == Label("both", "b")
    assert few == {}
    labels, _ = enough([*texts, *twice, Label("both", "a")])
    assert labels[-1] == Label("both", "a")


def test_labels_of_too_few_texts_are_left_out_and_named() -> None:
    texts = [Label(f"{label} {i}", label) for label in "ab" for i in range(FEWEST)]
    labels, few = enough([*texts, Label("once", "rare")])
    assert few == {"rare": 1}
    assert len(labels) == 2 * FEWEST


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ([], "no label"),
        ([Label(str(i), "one") for i in range(9)], "All texts bear one label, 'one'"),
        ([Label("x", "a"), Label("y", "b")], f"need {FEWEST} different texts"),
    ],
)
def test_too_little_is_said_in_a_sentence(given: list[Label], said: str) -> None:
    with pytest.raises(TooLittleError, match=said):
        enough(given)
