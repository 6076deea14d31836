"""Names go from a reply, whatever stands around them; one thing is proposed, the owed one first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.desk.suggest.impersonal import impersonal
from rejoinder.desk.suggest.next_action import Known, Next, next_action

NAMES = st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöü", min_size=3, max_size=12)


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("@tina.example We look.", ["Tina Sample", "@tina.example"], "… We look."),
        ("Hello Tina, Mrs SAMPLE,", ["Tina Sample"], "Hello …, Mrs …,"),
        ("Tinas Rechnung", ["Tina"], "Tinas Rechnung"),
        ("mail @bob@town.example too", [], "mail … too"),
        ("Jo, we look.", ["Jo"], "Jo, we look."),
        ("a.b (c) [d] \\", ["a.b", "(c", "\\"], "… (c) [d] \\"),
    ],
)
def test_names_and_handles_go(text: str, names: list[str], left: str) -> None:
    assert impersonal(text, names) == left


@given(NAMES, st.text(max_size=80), st.text(max_size=80))
def test_a_name_that_stands_alone_is_never_left(name: str, before: str, after: str) -> None:
    found = impersonal(f"{before} {name} {after}", [name])

    assert f" {name} " not in f" {found} "


@given(st.text(max_size=200), st.lists(st.text(max_size=20), max_size=4))
def test_nothing_breaks_it(text: str, names: list[str]) -> None:
    impersonal(text, names)


def test_what_we_owe_comes_before_what_is_quick() -> None:
    all_of_it = Known(True, True, True, True, True, True, True, False, True, True, True)

    assert next_action(all_of_it) is Next.USE_EXPERT
    assert next_action(Known(promise_late=True, answer=True)) is Next.KEEP_WORD
    assert next_action(Known(account_matter=True, may_be_private=True)) is Next.IN_PRIVATE
    assert next_action(Known(account_matter=True, answer=True)) is Next.USE_ANSWER
    assert next_action(Known(answer=True, similar=True)) is Next.USE_ANSWER
    assert next_action(Known(similar=True, specific=True)) is Next.SEE_SIMILAR
    assert next_action(Known(specific=True)) is Next.ASK_EXPERT
    assert next_action(Known(specific=True, asked=True)) is Next.NOTHING
    assert next_action(Known(praise=True, answered_before=True)) is Next.CLOSE
    assert next_action(Known()) is Next.NOTHING


@given(st.builds(Known))
def test_praise_is_not_closed_before_anybody_was_answered(known: Known) -> None:
    assert next_action(known) is not Next.CLOSE or known.answered_before
