"""Turn what was heard into mentions and conversations."""

from argparse import ArgumentParser, Namespace

NAME = "triage"
HELP = "Read the intake log and keep each post once, in its conversation."
EXAMPLE = "rejoinder triage"


def arguments(parser: ArgumentParser) -> None:
    parser.set_defaults()


def run(_: Namespace) -> int:
    import logging as log_lines

    from rejoinder.listening.intake import triage
    from rejoinder.plumbing import children, logging, tracing, work
    from rejoinder.plumbing.log import open_when_possible

    logging.start("triage")
    tracing.start("triage")
    children.end_with_parent()
    stop = work.stop_on_signals()
    log_lines.getLogger(__name__).info("Reading the intake log.")
    if log := open_when_possible(stop):
        triage.run(stop, log)
    return 0
