"""Do what comes round by itself: rooms that ended, replies in doubt, rows that had their time.

Beside it, in a thread of its own, the careful reader: it takes its time, and nothing waits for it.
"""

from argparse import ArgumentParser, Namespace
from threading import Event, Thread

NAME = "work"
HELP = "Read with care, release rooms that ended, look up replies in doubt; several may run."
EXAMPLE = "rejoinder work"


def arguments(parser: ArgumentParser) -> None:
    parser.set_defaults()


def run(_: Namespace) -> int:
    from rejoinder.budget.actions import expire
    from rejoinder.budget.rules import forget_spends
    from rejoinder.channels import deliveries
    from rejoinder.crisis.alarm.naming import name
    from rejoinder.crisis.alarm.watching import Watcher
    from rejoinder.crisis.pulse import Pulse
    from rejoinder.desk.batch import feed
    from rejoinder.desk.plan.keep_back import Planner
    from rejoinder.desk.write import forget_drafts
    from rejoinder.outbox.others import count_others
    from rejoinder.outbox.reconcile import reconcile
    from rejoinder.plumbing import children, logging, work
    from rejoinder.plumbing.housekeeping import checkpoint, forget_changes
    from rejoinder.privacy import canary
    from rejoinder.privacy.ledger import heads
    from rejoinder.privacy.vault import rotation
    from rejoinder.team.notify.calls import deliver

    logging.start("work")
    children.end_with_parent()
    planner = Planner()
    jobs = [
        work.Job("Reservations that ended", 5, expire),
        work.Job("Replies looked up", 2, reconcile),
        work.Job("Posts of other clients counted", 2, count_others),
        work.Job("Crisis rooms told of new figures", 5, Pulse().run),
        work.Job("Mentions looked through for places", 2, name),
        work.Job("Alarms raised", 2, Watcher().run),
        work.Job("People on duty called", 2, deliver),
        work.Job("Kept back or let go by the plan", 10, planner.run),
        work.Job("Replies of batches queued", feed.EVERY, feed.Feeder(planner).run),
        work.Job("Found by the canary", canary.EVERY, canary.Canary().run),
        work.Job("Checkpoint", 1, checkpoint),
        work.Job("Heads of the ledger written down", 60, heads.export),
        work.Job("Keys sealed anew", 60, rotation.turn),
        work.Job("Changes forgotten", 60, forget_changes),
        work.Job("Empty drafts forgotten", 3600, forget_drafts),
        work.Job("Spends forgotten", 3600, forget_spends),
        work.Job("Deliveries forgotten", 3600, deliveries.forget),
    ]
    stop = work.stop_on_signals()
    reading = Thread(target=_read, args=(stop,), name="careful")
    reading.start()
    work.run(jobs, stop)
    reading.join()
    return 0


def _read(stop: Event) -> None:
    from django.db import connection

    from rejoinder.listening.careful.reader import run
    from rejoinder.plumbing.config import config

    try:
        run(stop, config().data)
    finally:
        connection.close()
