"""Who exactly: everybody whose data was opened for a purpose in a time, nobody else."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rejoinder.plumbing import clock
from rejoinder.privacy import vault
from rejoinder.privacy.ledger.affected import affected
from rejoinder.privacy.ledger.append import micros, writing
from rejoinder.privacy.ledger.entry import Entry
from rejoinder.privacy.models import LedgerEntry, LedgerHead, LedgerNode, LedgerSet
from tests.privacy.stage import GRANNY, TINA, TOM, WHY, keep

pytestmark = [pytest.mark.django_db(transaction=True)]
HOUR = timedelta(hours=1)


def test_a_field_that_was_mis_tagged_gives_its_exact_list(monday: datetime) -> None:
    wrong = [
        keep(each, "security-phone", ["account-security", "marketing"]) for each in (TOM, TINA)
    ]
    right = keep(GRANNY, "security-phone", ["account-security"])
    for subject in (*wrong, wrong[0], right):
        try:
            vault.open(subject, "security-phone", "marketing", "audience", WHY)
        except vault.NotOpenedError:
            assert subject == right
        clock.turn(HOUR)
    vault.open(right, "security-phone", "account-security", "guard", WHY)
    found = affected("marketing", "security-phone", monday, monday + 10 * HOUR)
    assert (found.subjects, found.openings) == (sorted(wrong), 3)
    first = affected("marketing", "security-phone", monday, monday + HOUR)
    assert (first.subjects, first.openings) == ([wrong[0]], 1)


_openings = st.lists(
    st.tuples(
        st.integers(0, 9),  # hour
        st.sampled_from(["opened", "refused"]),
        st.sampled_from(["phone", "email"]),
        st.sampled_from(["callback", "marketing"]),
        st.sets(st.sampled_from(["ann", "ben", "cat", "dee"]), min_size=1),
    ),
    max_size=30,
)


@given(_openings, st.integers(0, 10), st.integers(0, 10))
@settings(max_examples=60)
def test_it_is_what_going_through_all_of_it_says(
    openings: list[tuple[int, str, str, str, set[str]]], since: int, until: int
) -> None:
    _empty()
    began = clock.now()
    with writing() as ledger:
        for hour, kind, field, purpose, who in openings:
            at = micros(began + hour * HOUR)
            entry = Entry(at=at, kind=kind, field=field, purpose=purpose, actor="job x")  # type: ignore[arg-type]  # sampled
            if len(who) > 1:
                ledger.add(entry, sorted(who))
            else:
                ledger.add(_of(entry, *who))
    meant = [
        who
        for hour, kind, field, purpose, who in openings
        if (kind, field, purpose) == ("opened", "phone", "marketing") and since <= hour < until
    ]
    found = affected("marketing", "phone", began + since * HOUR, began + until * HOUR)
    assert found.subjects == sorted(set().union(*meant))
    assert found.openings == sum(len(who) for who in meant)
    assert found.head.size == len(openings)


def _of(entry: Entry, subject: str) -> Entry:
    return Entry(
        **{name: getattr(entry, name) for name in entry.__struct_fields__} | {"subject": subject}
    )


def _empty() -> None:
    for model in (LedgerSet, LedgerEntry, LedgerNode, LedgerHead):
        model.objects.all().delete()
