"""Listen to the connected accounts."""

from argparse import ArgumentParser, Namespace

NAME = "listen"
HELP = "Listen to every connected account and write what is heard to the intake log."
EXAMPLE = "rejoinder listen"


def arguments(parser: ArgumentParser) -> None:
    parser.set_defaults()


def run(_: Namespace) -> int:
    import logging as log_lines

    from rejoinder.budget.observe import observe
    from rejoinder.listening.hear import listen, returned, told
    from rejoinder.outbox.returned import came_back
    from rejoinder.plumbing import children, logging, tracing, work
    from rejoinder.plumbing.log import open_when_possible

    logging.start("listen")
    tracing.start("listen")
    told.follow(observe)
    returned.follow(came_back)
    children.end_with_parent()
    stop = work.stop_on_signals()
    log_lines.getLogger(__name__).info("Listening to the connected accounts.")
    if log := open_when_possible(stop):
        listen.run(stop, log)
    return 0
