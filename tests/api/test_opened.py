"""What is sealed, opened by a program: in the ledger each time, and kept nowhere else."""

import pytest

from rejoinder.desk.models import RightsRequest
from rejoinder.listening.models import Mention
from rejoinder.plumbing import clock
from rejoinder.privacy import originals
from rejoinder.privacy.incidents import listing, registering
from rejoinder.privacy.models import LedgerEntry
from rejoinder.team.models import ApiCall
from tests import people
from tests.api.program import Program
from tests.privacy.stage import NUMBERS, TOM, keep
from tests.web import stage

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("monday")]
LOG = {
    "system": "billing",
    "since": "2026-03-01T00:00:00Z",
    "until": "2026-03-02T00:00:00Z",
    "openings": [
        {
            "at": "2026-03-01T09:00:00Z",
            "subject": "s-1",
            "field": "phone",
            "purpose": "marketing",
            "actor": "campaign 7",
        }
    ],
}


def test_an_original_is_an_opening_each_time() -> None:
    talk = stage.says("Tom", "ring 07… ")
    mention = Mention.objects.get()
    sealed = originals.Original(
        mention.channel, mention.external_id, "ring 07700 900123", talk.person.external_id
    )
    originals.seal([sealed])
    program = Program(people.alice())
    at = f"/conversations/{talk.public_id}/original/{mention.pk}"
    why = {"purpose": "callback", "why": "asked to be called"}

    assert program.post(at, why).json() == {"said": "ring 07700 900123"}
    assert program.post(at, why).status_code == 200
    refused = program.post(at, why | {"purpose": "marketing"})
    assert refused.status_code == 409
    kinds = LedgerEntry.objects.order_by("place").values_list("kind", flat=True)
    assert list(kinds) == ["opened", "opened", "refused"]
    assert not ApiCall.objects.exists()
    narrow = Program(people.alice(), "read", "answer")
    assert narrow.post(at, why).status_code == 403


def test_another_system_appends_its_openings_once() -> None:
    program = Program(people.dan())

    assert program.post("/openings", LOG).json() == {"openings": 1}
    again = program.post("/openings", LOG)
    assert (again.status_code, again.json()["type"]) == (409, "urn:rejoinder:refused")
    late = LOG | {"until": "2026-03-01T08:00:00Z"}
    assert program.post("/openings", late).status_code == 409
    row = LedgerEntry.objects.get(kind="opened")
    assert (row.system, row.subject, row.purpose) == ("billing", "s-1", "marketing")
    assert Program(people.alice()).post("/openings", LOG).status_code == 403


def test_contacts_of_those_to_be_told() -> None:
    tom = keep(TOM, purposes=["legal-duty"])
    known = registering.Known(name="The gateway", aware_at=clock.now(), provider=True)
    found = registering.open_one(people.dan(), known)
    listing.from_file(found, people.dan(), tom.encode(), at_least=False)
    program = Program(people.dan())

    [line] = program.post(f"/incidents/{found.public_id}/contacts").json()
    assert (line["reference"], line["phone"]) == (tom, NUMBERS[TOM])


def test_a_copy_and_an_erasure_for_who_showed_who_they_are() -> None:
    talk = stage.says("Tom", "my data please")
    program = Program(people.dan())
    asked = {"kind": "erasure", "came_at": "2026-03-02T08:00:00Z", "words": "please"}
    made = program.post(f"/conversations/{talk.public_id}/rights", asked).json()["id"]
    at = f"/rights/{made}"

    assert program.post(f"{at}/erase").status_code == 409
    program.post(f"{at}/ask-who")
    program.post(f"{at}/prove", {"how": "came to the shop with a passport"})
    assert program.post(f"{at}/erase").json()["rows"] > 0
    assert program.post(f"{at}/answer", {"why": "Done."}).status_code == 200
    assert RightsRequest.objects.get().answered_at is not None
    assert program.post(f"{at}/copy").status_code == 409
