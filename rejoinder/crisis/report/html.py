"""A report as HTML: a part of a page of the desk, or a file of its own. Pure."""

from rejoinder.crisis.report.chart import svg
from rejoinder.crisis.report.document import Document, Section, Table
from rejoinder.plumbing.markup import Markup, joined, tag

POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # it asks nothing of any network


def page(document: Document, style: str) -> str:
    """A whole page that needs nothing beside it."""
    head = tag(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'),
        tag("title", document.title),
        tag("style", Markup(style)),
    )
    inside = tag("body", tag("main", body(document), class_="report"))
    return f"<!doctype html>\n{tag('html', head, inside, lang=document.language)}\n"


def body(document: Document) -> Markup:
    """The report itself."""
    return joined(
        tag("h1", document.title),
        tag("p", document.lead, class_="lead"),
        *(_section(section) for section in document.sections),
        tag("footer", tag("p", document.foot)),
    )


def _section(section: Section) -> Markup:
    parts = [tag("h2", section.heading)]
    parts += [tag("p", sentence) for sentence in section.sentences]
    if section.chart is not None:
        parts.append(tag("figure", svg(section.chart)))
    parts += [_table(each) for each in section.tables]
    return tag("section", *parts)


def _table(shown: Table) -> Markup:
    head = tag("tr", *(_cell("th", at, cell, shown, "col") for at, cell in enumerate(shown.heads)))
    rows = [
        tag(
            "tr",
            _cell("th", 0, row[0], shown, "row"),
            *(_cell("td", at, cell, shown) for at, cell in enumerate(row[1:], start=1)),
        )
        for row in shown.rows
    ]
    whole = tag("table", tag("caption", shown.caption), tag("thead", head), tag("tbody", *rows))
    return tag("div", whole, class_="wide", role="region", aria_label=shown.caption, tabindex=0)


def _cell(name: str, at: int, words: str, shown: Table, scope: str | None = None) -> Markup:
    kind = None if at in shown.words else "figure"
    return tag(name, words, scope=scope, class_=kind, dir=None if kind else "auto")
