"""A made-up week with a crisis on its Wednesday, and eight usual weeks before it, on a desk.

Who writes when and why is drawn by `rejoinder.drill`, and a policy plays each day. The words go
through the intake as anybody's do: what a report says of them was read by the desk itself.
"""

from datetime import date, datetime, time, timedelta

from rejoinder.answers import actions as answers
from rejoinder.answers.models import Revision, Told
from rejoinder.answers.words import Words
from rejoinder.channels.models import Account
from rejoinder.crisis import actions as crises
from rejoinder.crisis.models import Crisis, Kind
from rejoinder.crisis.policy import Policy, Tone
from rejoinder.desk.experts import areas
from rejoinder.drill.play import script
from rejoinder.drill.played import POINTER
from rejoinder.drill.world import HOUR_S, World
from rejoinder.listening.models import Mention, Question
from rejoinder.outbox.models import Reply
from rejoinder.plumbing import clock
from rejoinder.reporting import board, mapping
from rejoinder.reporting.spans import BACK, Span
from rejoinder.reporting.zone import zone
from tests import people
from tests.web import stage
from tests.web.week.day import Drilled, answered, drilled, heard
from tests.web.week.worlds import AFTER, ASKED, BREAKS_H, CHANNELS, CRISIS, USUAL

WEDNESDAY = 2
NAME = "Numbers sent to websites"
AREAS = {
    "Network": ["outage", "coverage"],
    "Billing": ["billing"],
    "Phones": ["device"],
    "Sales and contracts": ["sales", "churn"],
    "Accounts": ["account"],
    "Privacy": ["privacy", "phishing"],
}
TO_THE_BOARD = (
    "Two decisions by Friday: whether customers may leave without a fee, and whether we pay for an "
    "outside review of how web traffic is routed."
)


def week_of_crisis() -> Span:
    """The newest week that is over, with all that happened in it; returns it."""
    week = board.last_week()
    mapping.begin(people.dan(), AREAS)
    accounts = {
        each.name: stage.account(f"northwind-{each.name}.example", each.name) for each in CHANNELS
    }
    for number in range(BACK * 7):
        _day(USUAL, week.earlier(BACK).first + timedelta(days=number), number, accounts)
    asked: list[Question] = []
    said: dict[int, Revision] = {}
    crisis: Crisis | None = None
    for weekday in range(7):
        day, number = week.first + timedelta(days=weekday), BACK * 7 + weekday
        world = {WEDNESDAY: CRISIS, WEDNESDAY + 1: AFTER}.get(weekday, USUAL)
        one, rows = _day(world, day, number, accounts)
        if weekday == WEDNESDAY:
            asked = _named(one)
            crisis = _crisis(one)
            said = _published(one, asked)
            _ask(one, rows, asked)
            _tell(one, rows, said)
        elif weekday == WEDNESDAY + 1:
            _ask(one, rows, asked)
            _tell(one, rows, said)
            assert crisis is not None
            _over(one, crisis)
    board.write(people.dan(), week, TO_THE_BOARD)
    return week


def _day(
    world: World, day: date, number: int, accounts: dict[str, Account]
) -> tuple[Drilled, dict[int, Mention]]:
    one = drilled(world, datetime.combine(day, time(), zone()), number)
    heard(one, accounts)
    return one, answered(one, [people.alice(), people.bob()])


def _named(one: Drilled) -> list[Question]:
    """What many ask, named by a lead as soon as it is seen."""
    begins = [one.at((BREAKS_H + at / 2) * HOUR_S) for at in range(ASKED)]
    made = [
        Question.objects.create(
            name=script.asked(at).name,
            first_at=first,
            last_at=first,
            named_by=people.dan(),
            named_at=first + timedelta(minutes=12),
        )
        for at, first in enumerate(begins)
    ]
    privacy = areas.kept().get(name="Privacy")
    mapping.keep(people.dan(), {row.pk: privacy for row in made})
    return made


def _ask(one: Drilled, rows: dict[int, Mention], asked: list[Question]) -> None:
    """Which question each mention was matched to, as the drill draws it."""
    matched = one.day.seen_question.tolist()
    for at, row in rows.items():
        row.question_id = asked[matched[at]].pk if matched[at] >= 0 else None
    Mention.objects.bulk_update(rows.values(), ["question_id"])
    for question in asked:
        mine = Mention.objects.filter(question_id=question.pk)
        question.people = mine.values("person").distinct().count()
        question.last_at = mine.latest("created_at").created_at
        question.save(update_fields=["people", "last_at"])


def _crisis(one: Drilled) -> Crisis:
    """Declared half an hour after it came out; what it said and promised on that day."""
    begun = one.at(BREAKS_H * HOUR_S)
    dan, minute = people.dan(), timedelta(minutes=1)
    with clock.standing(begun + 28 * minute):
        crisis = crises.declare(dan, NAME, Policy(2, 5, Tone.CAREFUL), began_at=begun)
    for after, words, next_after in (
        (41, "Some websites can see the number of whoever visits them. We are stopping it.", 101),
        (99, "We know the cause, and the change that ends it is being tested.", 221),
        (230, "The change is out in half of the network; all of it follows today.", 400),
        (391, "It is fixed. Websites no longer receive your number.", 600),
    ):
        with clock.standing(begun + after * minute):
            crises.state(crisis, dan, words, begun + next_after * minute)
    with clock.standing(begun + 52 * minute):
        crises.note(crisis, dan, Kind.KNOWN, "A proxy adds the number since 10 January.")
        told = crises.promise(crisis, dan, "Write to the regulator", begun + 500 * minute)
        crises.promise(crisis, people.bob(), "Say which sites were sent it", one.at(17 * HOUR_S))
    with clock.standing(begun + 310 * minute):
        crises.keep(told, dan)
    return crisis


def _over(one: Drilled, crisis: Crisis) -> None:
    """The last word, at noon of the day after."""
    with clock.standing(one.at(12 * HOUR_S)):
        crises.state(crisis, people.dan(), "Fixed since yesterday; what we learned comes in May.")
        crises.stand_down(crisis, people.dan(), "Nobody's number is sent any more.")


def _published(one: Drilled, asked: list[Question]) -> dict[int, Revision]:
    """The public answer to each question that the policy published, when it did."""
    found: dict[int, Revision] = {}
    for at, when in enumerate(one.played.published_at.tolist()):
        if when == float("inf"):
            continue
        told, out = script.asked(at), one.at(when)
        with clock.standing(out - timedelta(minutes=9)):
            answer = answers.open_answer(people.bob(), told.name, [asked[at]])
            words = Words(title=told.name, text=told.short, short=told.short)
            draft = answers.write(answer, people.bob(), words)
        with clock.standing(out):
            answers.check(draft, people.alice())
            found[at] = answers.publish(Revision.objects.get(pk=draft.pk), people.dan())
    return found


def _tell(one: Drilled, rows: dict[int, Mention], said: dict[int, Revision]) -> None:
    """Who was pointed to a public answer by a reply."""
    sent = {row.mention_id: row for row in Reply.objects.filter(mention__in=rows.values())}
    Told.objects.bulk_create(
        Told(
            revision=said[int(one.day.question[at])],
            person_id=row.person_id,
            conversation_id=sent[row.pk].conversation_id,
            account_id=sent[row.pk].account_id,
            reply=sent[row.pk],
            at=sent[row.pk].sent_at or sent[row.pk].written_at,
        )
        for at, row in rows.items()
        if one.played.by[at] == POINTER and row.pk in sent and int(one.day.question[at]) in said
    )
