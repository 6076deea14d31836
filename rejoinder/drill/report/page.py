"""One or several rehearsed days side by side, in sentences, charts and tables. Pure."""

from collections.abc import Sequence
from importlib.resources import files

from rejoinder.drill.report import chapters
from rejoinder.drill.report.measures import measures
from rejoinder.drill.report.told import Named, heading, lead, named
from rejoinder.drill.result import Result
from rejoinder.plumbing.markup import Markup, tag

POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # it asks nothing of any network


def page(runs: Sequence[Result], *, noted: str = "") -> str:
    """A whole HTML page of at least one run; `noted` is a sentence that no run tells."""
    shown = named([measures(run) for run in runs])
    title = heading([one.measures for one in shown])
    style = files("rejoinder.drill.report").joinpath("page.css").read_text(encoding="utf-8")
    head = tag(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        tag("title", title),
        tag("style", Markup(style)),
    )
    body = tag("body", tag("main", *_main(title, shown, noted)), _foot(shown))
    return f"<!doctype html>\n{tag('html', head, body, lang='en')}\n"


def _main(title: str, shown: Sequence[Named], noted: str) -> list[Markup]:
    parts = [
        tag("h1", title),
        tag("p", lead([one.measures for one in shown])),
        tag("p", noted) if noted else None,
        chapters.score(shown),
        chapters.posts(shown),
        chapters.urgent(shown),
        chapters.waiting(shown),
        chapters.fairness(shown),
    ]
    return [part for part in parts if part is not None]


def _foot(shown: Sequence[Named]) -> Markup:
    runs = "; ".join(
        f"{one.name}: world {run.world.name}, policy {run.policy}, seed {run.seed}, "
        f"mode {run.mode}, {run.world.weighting} weighting"
        for one in shown
        for run in [one.measures.run]
    )
    return tag(
        "footer",
        tag("p", f"{runs}."),
        tag(
            "p",
            "Made by Rejoinder from made-up days. What answers are worth, how long people wait and "
            "how many see a public answer are assumptions of the world.",
        ),
    )
