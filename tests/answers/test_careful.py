"""Subjects that two people should read about, found whether or not somebody ticked them."""

import pytest

from rejoinder.answers.careful import subjects
from rejoinder.answers.models import Subject


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Most 999 calls work.", ["emergency-calls"]),
        ("Der Notruf geht.", ["emergency-calls"]),
        ("You get a refund, and your money back.", ["compensation"]),
        ("A cable was cut. What went wrong?", ["cause"]),
        ("Some personal data was leaked by hackers.", ["data-breach"]),
        ("It was caused by a fire; 112 works; we compensate you.",
         ["emergency-calls", "cause", "compensation"]),
        ("Turn your phone off and on once, because that helps.", []),
        ("Call us on 0808 157 9990.", []),
        ("", []),
    ],
)  # fmt: skip
def test_it_finds_them(text: str, found: list[str]) -> None:
    assert subjects(text) == found


def test_it_knows_every_subject() -> None:
    everything = "999 compensated caused leaked"
    assert sorted(subjects(everything)) == sorted(Subject.values)
