"""Do what comes round by itself: rooms that ended, replies in doubt, rows that had their time."""

from argparse import ArgumentParser, Namespace

NAME = "work"
HELP = "Release rooms that ended, look up replies in doubt, tidy up; several may run."
EXAMPLE = "rejoinder work"


def arguments(parser: ArgumentParser) -> None:
    parser.set_defaults()


def run(_: Namespace) -> int:
    from rejoinder.budget.actions import expire
    from rejoinder.budget.rules import forget_spends
    from rejoinder.desk.write import forget_drafts
    from rejoinder.outbox.reconcile import reconcile
    from rejoinder.plumbing import children, logging, work
    from rejoinder.plumbing.housekeeping import checkpoint, forget_changes

    logging.start("work")
    children.end_with_parent()
    jobs = [
        work.Job("Reservations that ended", 5, expire),
        work.Job("Replies looked up", 2, reconcile),
        work.Job("Checkpoint", 1, checkpoint),
        work.Job("Changes forgotten", 60, forget_changes),
        work.Job("Empty drafts forgotten", 3600, forget_drafts),
        work.Job("Spends forgotten", 3600, forget_spends),
    ]
    work.run(jobs, work.stop_on_signals())
    return 0
