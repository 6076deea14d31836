"""Send replies that are due, within the allowances."""

from argparse import ArgumentParser, Namespace

NAME = "send"
HELP = "Send replies that are due, within the allowances; several may run."
EXAMPLE = "rejoinder send"


def arguments(parser: ArgumentParser) -> None:
    parser.set_defaults()


def run(_: Namespace) -> int:
    from rejoinder.outbox.send import Sender
    from rejoinder.plumbing import children, logging, tracing, work

    logging.start("send")
    tracing.start("send")
    children.end_with_parent()
    Sender().run(work.stop_on_signals())
    return 0
