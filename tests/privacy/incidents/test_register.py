"""The register: opened, written along, people listed and told, closed; with rights and audit."""

from datetime import timedelta
from pathlib import Path

import pytest

from rejoinder.plumbing import clock
from rejoinder.plumbing import config as settings
from rejoinder.privacy import vault
from rejoinder.privacy.incidents import known, listing, notifying, registering, standing, telling
from rejoinder.privacy.incidents.closing import Lacks
from rejoinder.privacy.incidents.refusals import CannotError
from rejoinder.privacy.incidents.registering import Known
from rejoinder.privacy.incidents.rules import Risk
from rejoinder.privacy.models import Incident, LedgerEntry
from rejoinder.team.access import NotAllowedError
from rejoinder.team.models import AuditLine
from tests import people
from tests.privacy.stage import NUMBERS, TINA, TOM, keep

pytestmark = pytest.mark.django_db(transaction=True)


def leak(**more: object) -> Known:
    aware = clock.now() - timedelta(hours=3)
    return Known(**{"name": "The gateway", "aware_at": aware, "provider": True, **more})  # type: ignore[arg-type]


def incident(**more: object) -> Incident:
    return registering.open_one(people.dan(), leak(**more))


def test_the_whole_way_from_found_to_closed() -> None:
    dan = people.dan()
    tom, tina = (keep(one, purposes=["callback", "legal-duty"]) for one in (TOM, TINA))
    row = incident()
    started = clock.now()
    vault.open(tom, "phone", "callback", dan, "to call back")
    asked = listing.Asked("callback", "phone", started, clock.now() + timedelta(seconds=1))
    listing.from_ledger(row, dan, asked)
    listing.from_file(row, dan, f"{tina}\n".encode(), at_least=True)
    assert standing.picture(row).at_least
    lines = {line.reference: line.phone for line in telling.contacts(row, dan)}
    assert lines == {tom: NUMBERS[TOM], tina: NUMBERS[TINA]}
    assert LedgerEntry.objects.filter(purpose="legal-duty", field="phone", kind="opened").exists()
    assert telling.tell(row, dan, "call", [tom]) == 1
    with pytest.raises(CannotError):
        registering.close(row, dan)
    assert standing.lacking(row) == [
        Lacks.FACTS,
        Lacks.EFFECTS,
        Lacks.REMEDY,
        Lacks.FIXED,
        Lacks.TOLD,
        Lacks.NOTICES,
    ]
    assert telling.tell(row, dan, "letter") == 1
    notifying.sent(row, dan, "pecr-5a", "What we know so far.", reference="IC-1")
    full = leak(facts="f", effects="e", remedy="r", fixed_at=clock.now(), aware_at=row.aware_at)
    registering.change(row, dan, full)
    registering.close(row, dan)
    assert row.closed_by == dan
    with pytest.raises(CannotError):
        registering.change(row, dan, full)
    with pytest.raises(CannotError):
        telling.tell(row, dan, "call")
    done = set(AuditLine.objects.values_list("action", flat=True))
    assert {"opened an incident", "changed an incident", "closed an incident"} <= done


def test_words_are_masked_before_they_are_kept() -> None:
    row = incident(facts="Tom, 07700 900123, was first")
    assert "900123" not in row.facts


def test_an_advisor_and_the_auditor_change_nothing() -> None:
    row = incident()
    for who in (people.alice(), people.ann()):
        with pytest.raises(NotAllowedError):
            registering.open_one(who, leak())
        with pytest.raises(NotAllowedError):
            registering.change(row, who, leak())
        with pytest.raises(NotAllowedError):
            telling.contacts(row, who)
        with pytest.raises(NotAllowedError):
            telling.tell(row, who, "call")
        with pytest.raises(NotAllowedError):
            notifying.sent(row, who, "pecr-5a", "words")
        with pytest.raises(NotAllowedError):
            listing.from_file(row, who, b"a", at_least=False)
        with pytest.raises(NotAllowedError):
            registering.close(row, who)


def test_the_desk_opens_one_incident_for_one_finding_until_it_is_closed() -> None:
    first = registering.found("canary 1", leak())
    assert registering.found("canary 1", leak()) == first
    assert registering.found("canary 2", leak()) != first
    Incident.objects.filter(pk=first.pk).update(closed_at=clock.now())
    assert registering.found("canary 1", leak()) != first


@pytest.mark.parametrize("text", [b"", b"\xff\xfe", b"07700 900123", b"x" * 101])
def test_a_list_names_people_by_references_and_never_by_contact_data(text: bytes) -> None:
    with pytest.raises(CannotError):
        listing.from_file(incident(), people.dan(), text, at_least=False)


def test_nobody_is_marked_as_told_who_is_not_listed() -> None:
    row = incident()
    listing.from_file(row, people.dan(), b"a\nb", at_least=False)
    with pytest.raises(CannotError):
        telling.tell(row, people.dan(), "call", ["c"])
    with pytest.raises(CannotError):
        telling.tell(row, people.dan(), "pigeon")


def test_a_reason_stands_for_a_notice_and_a_rule_that_does_not_apply_takes_none() -> None:
    row = incident()
    notifying.needless(row, people.dan(), "pecr-5a", "A test gateway with nobody behind it.")
    assert Lacks.NOTICES not in standing.lacking(row)
    with pytest.raises(CannotError):
        notifying.sent(row, people.dan(), "uk-gdpr-33", "words")
    with pytest.raises(CannotError):
        notifying.sent(row, people.dan(), "pecr-5a", " ")


def test_a_moment_to_come_is_refused() -> None:
    with pytest.raises(CannotError):
        incident(fixed_at=clock.now() + timedelta(hours=1))
    with pytest.raises(CannotError):
        incident(began_at=clock.now())
    with pytest.raises(CannotError):
        incident(personal=False)


def test_a_file_in_the_folder_of_the_data_is_a_rule(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / known.OWN).mkdir()
    (tmp_path / known.OWN / "partner.toml").write_text(
        'name = "partner"\nlaw = "Contract"\nwhom = "A partner"\nto = "regulator"\n'
        'needs = ["network"]\nplace = "GB-ENG"\nzone = "Europe/London"\n'
        '[[version]]\nfrom = 2020-01-01\nsource = "page 4"\nworking_days = 2\n'
    )
    changed = settings.config().model_copy(update={"data": tmp_path})
    monkeypatch.setattr(known, "config", lambda: changed)
    row = incident(personal=False, provider=False, network=True, risk=Risk.LIKELY)
    assert {one.duty.rule.name for one in standing.picture(row).clocks} == {"ofcom-105k", "partner"}
    (tmp_path / known.OWN / "bad.toml").write_text("name = 1")
    with pytest.raises(known.BadRuleError, match=r"bad\.toml"):
        known.rules()
