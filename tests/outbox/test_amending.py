"""A reply that stands is changed or taken back: once, within the allowance, kept in the record."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from rejoinder.budget.models import Spend
from rejoinder.channels.contract import DELETE, Limit, Refused, Uncertain
from rejoinder.outbox import actions, amendment
from rejoinder.outbox.amendment import CannotAmendError
from rejoinder.outbox.holding import Said
from rejoinder.outbox.models import Amendment, Reply, State
from rejoinder.outbox.reconcile import LEASE, SETTLING, reconcile
from rejoinder.outbox.send import Sender
from rejoinder.plumbing import clock
from rejoinder.privacy.vault import Person
from rejoinder.team import access
from rejoinder.team.models import AuditLine
from tests import people, scene

pytestmark = pytest.mark.django_db
Network = type[scene.Notebook]


@pytest.fixture(autouse=True)
def network(monday: datetime) -> Iterator[Network]:
    hour = Limit(name="hour", cap=3, window=3600, costs={DELETE: 0})
    with scene.networks(hour) as found:
        yield found


@pytest.fixture
def sender() -> Sender:
    return Sender(scene.opened)


@pytest.fixture
def reply(sender: Sender) -> Reply:
    """Alice told Tom something, and it stands."""
    talk = scene.wrote("Tom", "when is it back")
    assert talk.account is not None
    queued = actions.queue_reply(
        talk,
        scene.last(talk),
        people.alice(),
        "Back at noon.",
        account=talk.account,
        due_at=clock.now(),
    )
    sender.run_once()
    queued.refresh_from_db()
    return queued


def later(row: Amendment) -> Amendment:
    return Amendment.objects.select_related("reply").get(pk=row.pk)


def test_other_words_stand_there_and_the_old_ones_here(
    reply: Reply, sender: Sender, network: Network
) -> None:
    row = amendment.edit(reply, people.alice(), "Back at two.", "the crew needs longer")
    assert sender.run_once() == 1
    assert network.changed == {reply.external_id: "Back at two."}
    done = later(row)
    assert (done.state, done.before, done.reply.text) == (
        State.SENT,
        "Back at noon.",
        "Back at two.",
    )
    said = AuditLine.objects.filter(what=str(reply.conversation.public_id))
    assert {"changes a sent reply to", "changed a sent reply to"} <= set(
        said.values_list("action", flat=True)
    )


def test_it_takes_of_the_allowance_what_its_kind_costs(reply: Reply, sender: Sender) -> None:
    before = Spend.objects.count()
    amendment.edit(reply, people.alice(), "Back at two.", "longer")
    sender.run_once()
    assert Spend.objects.count() == before + 1
    amendment.take_back(reply, people.alice(), "all wrong")
    sender.run_once()
    assert Spend.objects.count() == before + 1


def test_it_waits_where_there_is_no_room(reply: Reply, sender: Sender, network: Network) -> None:
    for number in range(2):
        amendment.edit(reply, people.alice(), f"Back at {number}.", "again")
        sender.run_once()
    amendment.edit(reply, people.alice(), "Back at nine.", "again")
    assert sender.run_once() == 0
    clock.turn(timedelta(hours=1, seconds=3))
    assert sender.run_once() == 1
    assert network.changed[reply.external_id] == "Back at nine."


def test_what_is_taken_back_is_gone_for_good_and_kept_here(
    reply: Reply, sender: Sender, network: Network
) -> None:
    row = amendment.take_back(reply, people.alice(), "wrong person")
    sender.run_once()
    assert network.changed == {reply.external_id: None}
    reply.refresh_from_db()
    assert (reply.state, reply.text, later(row).before) == (
        State.SENT,
        "Back at noon.",
        "Back at noon.",
    )
    assert amendment.gone_at(reply) == clock.now()
    with pytest.raises(CannotAmendError, match="not there any more"):
        amendment.edit(reply, people.alice(), "Back at two.", "longer")


def test_one_change_at_a_time(reply: Reply) -> None:
    amendment.edit(reply, people.alice(), "Back at two.", "longer")
    with pytest.raises(CannotAmendError, match="under way"):
        amendment.take_back(reply, people.alice(), "wrong")
    assert Amendment.objects.count() == 1


def test_a_refusal_leaves_everything_as_it_is_and_lets_one_try_again(
    reply: Reply, sender: Sender, network: Network
) -> None:
    network.says.append(Refused("Too old to edit."))
    row = amendment.edit(reply, people.alice(), "Back at two.", "longer")
    sender.run_once()
    assert (later(row).state, later(row).words) == (State.REFUSED, "Too old to edit.")
    assert Reply.objects.get(pk=reply.pk).text == "Back at noon."
    amendment.edit(reply, people.alice(), "Back at two.", "longer")


def test_in_doubt_it_is_simply_done_again(reply: Reply, sender: Sender, network: Network) -> None:
    network.says.append(Uncertain("No answer."))
    row = amendment.edit(reply, people.alice(), "Back at two.", "longer")
    sender.run_once()
    assert later(row).state == State.UNCERTAIN
    clock.turn(SETTLING + timedelta(seconds=1))
    reconcile(scene.opened)
    sender.run_once()
    assert later(row).state == State.SENT


def test_a_sender_that_dies_on_the_way_leaves_it_to_the_next(
    reply: Reply, sender: Sender, network: Network
) -> None:
    row = amendment.edit(reply, people.alice(), "Back at two.", "longer")
    Amendment.objects.filter(pk=row.pk).update(
        state=State.SENDING, sending_at=clock.now(), sender="gone:1", attempts=1
    )
    clock.turn(LEASE + SETTLING + timedelta(seconds=1))
    for _ in range(2):
        reconcile(scene.opened)
        clock.turn(timedelta(seconds=10))
    sender.run_once()
    assert network.changed == {reply.external_id: "Back at two."}


def test_only_the_writer_or_a_lead_may(reply: Reply) -> None:
    assert amendment.may_amend(reply, people.alice())
    assert amendment.may_amend(reply, people.dan())
    for nobody in (people.bob(), people.ann(), people.charlie()):
        assert not amendment.may_amend(reply, nobody)
        with pytest.raises(access.NotAllowedError):
            amendment.take_back(reply, nobody, "because")


@pytest.mark.parametrize(
    ("text", "why", "words"),
    [
        ("  ", "why", "no words left"),
        ("Back at noon.", "why", "has already"),
        ("Back at two.", " ", "Say why"),
    ],
)
def test_what_makes_no_sense_is_not_queued(reply: Reply, text: str, why: str, words: str) -> None:
    with pytest.raises(CannotAmendError, match=words):
        amendment.edit(reply, people.alice(), text, why)
    assert not Amendment.objects.exists()


def test_what_has_not_left_is_not_changed_there(reply: Reply) -> None:
    Reply.objects.update(state=State.UNCERTAIN)
    reply.refresh_from_db()
    with pytest.raises(CannotAmendError, match="does not know where"):
        amendment.edit(reply, people.alice(), "Back at two.", "longer")


def test_a_platform_that_has_no_way_says_so(reply: Reply, network: Network) -> None:
    from rejoinder.channels.contract import Can

    usual, network.can = network.can, Can()
    try:
        with pytest.raises(CannotAmendError, match="nobody change"):
            amendment.edit(reply, people.alice(), "Back at two.", "longer")
        with pytest.raises(CannotAmendError, match="nobody take back"):
            amendment.take_back(reply, people.alice(), "wrong")
    finally:
        network.can = usual


def test_what_it_said_goes_with_the_person(reply: Reply, sender: Sender) -> None:
    amendment.edit(reply, people.alice(), "Back at two, Tom.", "longer")
    sender.run_once()
    tom = Person("notebook", "tom")
    told = [each["text"] for each in Said().export(tom)]
    assert told == ["Back at two, Tom.", "Back at noon."]
    Said().erase(tom)
    assert not any(each["text"] for each in Said().export(tom))
