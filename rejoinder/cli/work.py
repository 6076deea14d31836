"""Do what comes round by itself: rooms that ended, replies in doubt, rows that had their time.

Beside it, in threads of their own: the plan, because whose turn it is waits for nothing else, and
the careful reader, because it takes its time and nothing waits for it.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rejoinder.plumbing.work import Job

NAME = "work"
HELP = "Read with care, release rooms that ended, look up replies in doubt; several may run."
EXAMPLE = "rejoinder work"


def arguments(parser: ArgumentParser) -> None:
    parser.set_defaults()


def run(_: Namespace) -> int:
    from rejoinder.desk.batch import feed
    from rejoinder.desk.calling.dialer import Dialer
    from rejoinder.desk.plan.keep_back import Planner
    from rejoinder.listening import voices
    from rejoinder.listening.careful import reader
    from rejoinder.plumbing import children, logging, tracing, work
    from rejoinder.plumbing.config import config
    from rejoinder.privacy.consents import keeping
    from rejoinder.privacy.retention import applying

    logging.start("work")
    tracing.start("work")
    children.end_with_parent()
    planner = Planner()
    turns = [
        work.Job("Kept back or let go by the plan", 10, planner.run),
        work.Job("Replies of batches queued", feed.EVERY, feed.Feeder(planner).run),
    ]
    forgetting = [
        work.Job("Deleted after their time", applying.EVERY, applying.run),
        work.Job("Recordings that had their time", voices.END_EVERY, voices.end_due),
        work.Job("Consents that ended", keeping.EVERY, keeping.end_due),
    ]
    fetching = [work.Job("Recordings fetched", voices.EVERY, voices.Fetcher().run)]
    stop = work.stop_on_signals()
    beside = [
        _thread("careful", lambda: reader.run(stop, config().data)),
        _thread("plan", lambda: work.run(turns, stop)),
        # An exchange that is away takes seconds to say so.
        _thread("recordings", lambda: work.run(fetching, stop)),
        _thread("calls", lambda: Dialer().follow(stop)),
        _thread("retention", lambda: work.run(forgetting, stop)),
    ]
    work.run([*_soon(), *_seldom()], stop)
    for thread in beside:
        thread.join()
    return 0


def _soon() -> "list[Job]":
    """What people or platforms wait for."""
    from rejoinder.budget.actions import expire
    from rejoinder.crisis.alarm.naming import name
    from rejoinder.crisis.alarm.watching import Watcher
    from rejoinder.crisis.pulse import Pulse
    from rejoinder.desk.acknowledging import run as acknowledging
    from rejoinder.desk.asleep import wake
    from rejoinder.desk.experts import mailing
    from rejoinder.desk.impostors import seeking
    from rejoinder.desk.piles import gathering
    from rejoinder.desk.tickets import running as tickets
    from rejoinder.outbox.others import count_others
    from rejoinder.outbox.reconcile import reconcile
    from rejoinder.plumbing.work import Job
    from rejoinder.privacy import canary
    from rejoinder.reporting.digest import sending
    from rejoinder.reporting.explore.sending import Sender as ViewSender
    from rejoinder.reporting.rollup import counting
    from rejoinder.team.notify.calls import deliver
    from rejoinder.web.reports import view_letter
    from rejoinder.web.reports.digest_letter import letter

    return [
        Job("Reservations that ended", 5, expire),
        Job("Replies looked up", 2, reconcile),
        Job("Posts of other clients counted", 2, count_others),
        Job("Crisis rooms told of new figures", 5, Pulse().run),
        Job("Mentions looked through for places", 2, name),
        Job("Alarms raised", 2, Watcher().run),
        Job("People on duty called", 2, deliver),
        Job("Acknowledged while nobody is there", 5, acknowledging.run),
        Job("Accounts that look like ours", seeking.EVERY, seeking.run),
        Job("Copies put into piles", gathering.EVERY, gathering.run),
        Job("Conversations woken", 2, wake.Waker().run),
        Job("Experts told of questions", 2, mailing.deliver),
        Job("Tickets elsewhere", 2, tickets.run),
        Job("Counted for reports", counting.EVERY, counting.run),
        Job("Digests sent", sending.EVERY, sending.Sender(letter).run),
        Job("Saved views sent", sending.EVERY, ViewSender(view_letter.letter).run),
        Job("Found by the canary", canary.EVERY, canary.Canary().run),
    ]


def _seldom() -> "list[Job]":
    """Keeping the house."""
    from rejoinder.budget.rules import forget_spends
    from rejoinder.channels import deliveries
    from rejoinder.desk.drafting import forget_drafts
    from rejoinder.desk.picturing import forget as forget_pictures
    from rejoinder.plumbing.housekeeping import checkpoint, forget_changes
    from rejoinder.plumbing.work import Job
    from rejoinder.privacy.ledger import heads, heads_away
    from rejoinder.privacy.vault import copies, rotation
    from rejoinder.reporting.explore import history
    from rejoinder.team.tokens import forget_calls

    return [
        Job("Checkpoint", 1, checkpoint),
        Job("Days closed", history.EVERY, history.run),
        Job("Heads of the ledger written down", 60, heads.export),
        Job("Heads of the ledger taken away", heads_away.EVERY, heads_away.export),
        Job("Keys sealed anew", 60, rotation.turn),
        Job("Copy of the keys after erasures", copies.EVERY, copies.catch_up),
        Job("Changes forgotten", 60, forget_changes),
        Job("Empty drafts forgotten", 3600, forget_drafts),
        Job("Pictures of old drafts forgotten", 3600, forget_pictures),
        Job("Spends forgotten", 3600, forget_spends),
        Job("Deliveries forgotten", 3600, deliveries.forget),
        Job("Answers to programs forgotten", 3600, forget_calls),
    ]


def _thread(name: str, run: Callable[[], None]) -> Thread:
    from django.db import connection

    def with_a_connection_of_its_own() -> None:
        try:
            run()
        finally:
            connection.close()

    thread = Thread(target=with_a_connection_of_its_own, name=name)
    thread.start()
    return thread
