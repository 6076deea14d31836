"""The two failures that privacy was built for, as rows for pages to show."""

from datetime import timedelta
from hashlib import sha256

from rejoinder.plumbing import clock
from rejoinder.privacy import audience, vault
from rejoinder.privacy.incidents import listing, notifying, registering, telling
from rejoinder.privacy.incidents.registering import Known
from rejoinder.privacy.incidents.rules import Risk
from rejoinder.privacy.models import Incident
from rejoinder.privacy.vault import NotOpenedError, Person, Place, Value
from tests import people

FIELD = "security-phone"
LISTED, TOLD = 40, 31
KEPT, MISTAGGED = 60, 7  # people whose number is kept; every seventh was tagged wrongly


def gateway() -> Incident:
    """Found yesterday, fixed today: the first notice is sent, and most people were told."""
    now, dan = clock.now(), people.dan()
    hour = timedelta(hours=1)
    known = Known(
        name="Numbers sent to websites",
        aware_at=now - 26 * hour,
        began_at=now - timedelta(days=15),
        provider=True,
        risk=Risk.LIKELY,
        people=40_000,
        facts="A rule of a gateway matched every host instead of one partner.",
        effects="Websites may call or text people, or know them again.",
    )
    found = registering.open_one(dan, known)
    notifying.sent(found, dan, "pecr-5a", "The first notice.", at=now - 20 * hour, reference="IC-1")
    names = [f"subscriber-{number:04}" for number in range(LISTED)]
    listing.from_file(found, dan, "\n".join(names).encode(), at_least=True)
    telling.tell(found, dan, "sms", names[:TOLD])
    fixed = {"fixed_at": now - hour, "remedy": "The rule names its partner exactly again."}
    values = {name: getattr(known, name) for name in Known.__slots__}
    registering.change(found, dan, Known(**values | fixed))
    return found


def advertising() -> dict[str, str]:
    """A list is matched and refused; then some are tagged wrongly, and found. What to ask."""
    dan, began = people.dan(), clock.now() - timedelta(hours=1)
    persons = [Person("pretend", str(number)) for number in range(KEPT)]
    names = list(vault.subjects(persons).values())
    numbers = [f"07700 900{number:03}" for number in range(KEPT)]
    places = [Place(name, FIELD) for name in names]
    vault.seal([Value(*each) for each in zip(places, numbers, strict=True)], ["account-security"])
    hashes = [_hashed(number) for number in numbers]
    try:
        audience.match(hashes, FIELD, dan, "spring offers")
    except NotOpenedError:
        for place in places[::MISTAGGED]:
            wrong = ["account-security", "marketing"]
            vault.retag(place, wrong, "import job", "a wrong mapping")
    audience.match(hashes, FIELD, dan, "spring offers")
    ends = clock.now() + timedelta(hours=1)
    when = {"since": f"{began:%Y-%m-%dT%H:%M}", "until": f"{ends:%Y-%m-%dT%H:%M}"}
    return {"purpose": "marketing", "field": FIELD} | when


def _hashed(number: str) -> str:
    return sha256(f"+44{number.replace(' ', '')[1:]}".encode()).hexdigest()
