"""However the openings of a question are cut into lists, the answer is the one from the rows."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rejoinder.privacy.ledger import openings
from rejoinder.privacy.ledger.append import writing
from rejoinder.privacy.ledger.entry import Entry
from rejoinder.privacy.models import LedgerEntry, LedgerHead, LedgerNode, LedgerSet

pytestmark = pytest.mark.django_db(transaction=True)
MOMENTS = st.integers(0, 9)
NAMES = st.sampled_from(["tom", "tina", 'o"neill', "\u00e9mile \u2028", "a:b", "[1]"])
SYSTEMS = st.sampled_from(["", "", "crm", "gateway"])
ROWS = st.lists(st.tuples(MOMENTS, SYSTEMS, st.lists(NAMES, min_size=1, max_size=3, unique=True)))


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(ROWS, st.integers(1, 4), MOMENTS, MOMENTS)
def test_the_lists_say_what_the_rows_say(
    monkeypatch: pytest.MonkeyPatch,
    rows: list[tuple[int, str, list[str]]],
    most: int,
    since: int,
    until: int,
) -> None:
    monkeypatch.setattr(openings, "_SLICE", most)
    for model in (LedgerSet, LedgerEntry, LedgerNode, LedgerHead):
        model._default_manager.all().delete()
    people: dict[str, set[str]] = {}
    times: Counter[str] = Counter()
    with writing() as ledger:
        for at, system, names in rows:
            one = Entry(at=at, kind="opened", field="phone", purpose="callback", system=system)
            ledger.add(_of(one, names), names if len(names) > 1 else ())
            if since <= at < until:
                people.setdefault(system, set()).update(names)
                times[system] += len(names)
        ledger.add(Entry(at=since, kind="refused", subject="x", field="phone", purpose="callback"))
    found = openings.found(("callback", "phone", since, until))
    assert {system: some for system, some in found.people.items() if some} == people
    assert +found.times == times


def _of(entry: Entry, names: list[str]) -> Entry:
    said = {name: getattr(entry, name) for name in Entry.__struct_fields__}
    return Entry(**{**said, "subject": names[0] if len(names) == 1 else ""})
