"""What advisors corrected, as labels to learn from."""

import sys
from argparse import ArgumentParser, Namespace

NAME = "labels"
HELP = (
    "Write what advisors said of mentions as labels, a JSON object with id, text and label on "
    "each line: what `rejoinder train` learns from. What is personal stays hidden."
)
EXAMPLE = "rejoinder labels --field intent > labels.jsonl"

FIELDS = ("need", "intent", "sentiment", "safety", "question")


def arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--field", required=True, choices=FIELDS, help="which reading was corrected"
    )


def run(given: Namespace) -> int:
    import msgspec

    from rejoinder.listening import correct

    for label in correct.labels(given.field):
        sys.stdout.write(msgspec.json.encode(label._asdict()).decode() + "\n")
    return 0
