"""The two failures that privacy was built for: a gateway that tells every site who asks, found by
the canary and followed to the last person told; and security numbers wanted for advertising.
"""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO

import pytest
from django.test import Client

from rejoinder.answers import actions as answers
from rejoinder.answers.models import Revision
from rejoinder.answers.words import Words
from rejoinder.listening.models import Question
from rejoinder.plumbing import clock
from rejoinder.plumbing import config as settings
from rejoinder.privacy import audience, canary, vault
from rejoinder.privacy.ledger.replay import Replay
from rejoinder.privacy.models import Incident, LedgerEntry
from rejoinder.privacy.vault import NotOpenedError, Person, Place, Value
from tests import people
from tests.real.leakcheck.gateway import HEADER, NUMBER, gateway
from tests.real.leakcheck.test_gateway import _echo_page
from tests.web.pages import notices, text

pytestmark = [pytest.mark.real, pytest.mark.django_db(transaction=True)]

HOUR = timedelta(hours=1)
BEGAN = datetime(2026, 1, 10, 9, 0, tzinfo=UTC)
FIXED = datetime(2026, 1, 25, 14, 0, tzinfo=UTC)
FORM = "%Y-%m-%dT%H:%M"


@pytest.fixture
def dan() -> Client:
    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(people.dan(), backend=backend)
    return client


def test_the_gateways_fault_from_the_canary_to_the_last_person_told(
    dan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.standing(FIXED - 5 * HOUR):
        incident = _found(monkeypatch)
        page = f"/incidents/{incident.public_id}"
        shown = text(dan.get(page))
        assert "opened by the desk itself" in shown
        assert "PECR, regulation 5A" in shown
        assert "72 hours" in shown
        assert NUMBER not in shown + incident.facts

    with clock.standing(FIXED + HOUR):
        known = {
            "name": incident.name,
            "aware_at": incident.aware_at.strftime(FORM),
            "began_at": BEGAN.strftime(FORM),
            "fixed_at": FIXED.strftime(FORM),
            "personal": "yes",
            "provider": "yes",
            "risk": "likely",
            "facts": f"Since 10 January a gateway sent {HEADER} to every site.",
            "effects": "Sites may call or text people, or know them again.",
            "remedy": "The rule names its partner exactly again.",
        }
        dan.post(f"{page}/change", known)
        told = {"rule": "pecr-5a", "words": "The first notice.", "reference": "IC-1"}
        dan.post(f"{page}/notify", told | {"at": (FIXED + HOUR).strftime(FORM)})
        answer = _published()
        dan.post(f"{page}/link", {"crisis": "", "answer": answer})
        (said,) = Revision.objects.exclude(published_at=None)
        assert said.regulators == "ICO and Ofcom, 11:40"
        assert "Its public answer" in text(dan.get(page))

        meant = _gateway_log_added(dan)
        asked = {"from": "ledger", "purpose": "partner", "field": "msisdn"}
        when = {"since": BEGAN.strftime(FORM), "until": FIXED.strftime(FORM)}
        assert f"{len(meant)} people are listed" in notices(
            dan.post(f"{page}/list", asked | when, follow=True)
        )
        assert "at least" in text(dan.get(page))
        (listed,) = incident.lists.all()
        assert set(listed.names()) == meant

    with clock.standing(FIXED + 50 * HOUR):
        file = dan.post(f"{page}/contacts").content.decode().splitlines()
        assert len(file) == 1 + len(meant)
        dan.post(f"{page}/tell", {"way": "sms", "names": "\n".join(sorted(meant)[:30])})
        assert "30 of at least" in text(dan.get(page))
        dan.post(f"{page}/tell", {"way": "letter", "names": ""})
        shown = text(dan.get(page))
        assert "From the repair to the last person told: 2 " in shown
        dan.post(f"{page}/close")
        incident.refresh_from_db()
        assert incident.closed_at is not None
        assert dan.get(f"{page}/report.pdf").content.startswith(b"%PDF-")
        report = json.loads(dan.get(f"{page}/report.json").content)
        assert set(report["people"]["listed"]) == meant
        assert NUMBER not in json.dumps(report)


def test_security_numbers_are_refused_to_advertising_and_a_wrong_tag_has_its_exact_list(
    dan: Client,
) -> None:
    names = list(vault.subjects([Person("pretend", str(n)) for n in range(60)]).values())
    numbers = {name: f"07700 900{n:03}" for n, name in enumerate(names)}
    values = [Value(Place(name, "security-phone"), number) for name, number in numbers.items()]
    vault.seal(values, ["account-security"])
    everybody = [
        sha256(f"+44{number.replace(' ', '')[1:]}".encode()).hexdigest()
        for number in numbers.values()
    ]
    began = clock.now() - HOUR
    with pytest.raises(NotOpenedError):
        audience.match(everybody, "security-phone", "audience export", "spring offers")
    assert LedgerEntry.objects.get().many == len(names)
    shown = text(dan.get("/openings?refused=1"))
    assert "audience export" in shown
    assert "60 people" in shown

    wrong = sorted(names[::7])
    for name in wrong:
        place = Place(name, "security-phone")
        vault.retag(place, ["account-security", "marketing"], "import job", "a wrong mapping")
    found = audience.match(everybody, "security-phone", "audience export", "spring offers")
    assert found == {
        sha256(f"+44{numbers[name].replace(' ', '')[1:]}".encode()).hexdigest() for name in wrong
    }
    asked = {"purpose": "marketing", "field": "security-phone", "since": began.strftime(FORM)}
    asked |= {"until": (clock.now() + HOUR).strftime(FORM)}
    assert "Exactly 9 people." in text(dan.get("/openings", asked))
    said = json.loads(dan.get("/openings", asked | {"as": "json"}).content)
    assert (said["subjects"], said["openings"], said["at_least"]) == (wrong, len(wrong), False)
    assert Replay().problems == []


def _found(monkeypatch: pytest.MonkeyPatch) -> Incident:
    """The canary asks through a real gateway that adds the number for every site."""
    with _echo_page() as url, gateway("src all") as run:
        given = {"canary_url": f"{url}/echo.json", "canary_gateway": run.proxy}
        changed = settings.config().model_copy(update=given)
        monkeypatch.setattr(canary, "config", lambda: changed)
        assert canary.Canary().run() == 1
    return Incident.objects.get()


def _published() -> str:
    now = clock.now()
    question = Question.objects.create(name="Is my number sent?", first_at=now, last_at=now)
    answer = answers.open_answer(people.alice(), "Your number and websites", [question])
    words = Words(
        title="Your number and websites",
        text="Some websites could see your number. It was fixed at 14:00.",
        short="Fixed at 14:00.",
        what_changed="",
        regulators="ICO and Ofcom, 11:40",
    )
    draft = answers.write(answer, people.alice(), words)
    answers.check(draft, people.bob())
    answers.publish(draft, people.dan())
    return str(answer.public_id)


def _gateway_log_added(dan: Client) -> set[str]:
    """The last ten days of fifteen: the first five days' log was not kept."""
    since = BEGAN + timedelta(days=5)
    ids = [sha256(f"subscriber {n}".encode()).hexdigest()[:16] for n in range(41)]
    lines = [
        {"at": (since + n * HOUR).isoformat(), "subject": name, "field": "msisdn"}
        | {"purpose": "partner", "actor": "gateway-3"}
        for n, name in enumerate([*ids, *ids])
    ]
    log = BytesIO("\n".join(map(json.dumps, lines)).encode())
    values = {"system": "gateway-north", "log": log}
    values |= {"since": since.strftime(FORM), "until": FIXED.strftime(FORM)}
    assert "82 openings were added" in notices(dan.post("/openings/add", values, follow=True))
    return {f"gateway-north:{name}" for name in ids}
