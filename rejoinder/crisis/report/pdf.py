"""A report as PDF, set by Typst in this process: tagged, with its own fonts, from data alone."""

import json
from dataclasses import asdict
from importlib.resources import as_file, files
from typing import Any

import typst

from rejoinder.crisis.report.chart import svg
from rejoinder.crisis.report.document import Document, Section

# A sheet for drawings: what a page says by classes, in the colours of paper.
_STYLE = (
    "text{font:12px 'Libertinus Serif',serif;fill:#4f5156}"
    ".grid{stroke:#e2dfd8}.band{fill:#dcd8d0}.line{fill:none;stroke:#1c1d1f;stroke-width:2}"
    ".usual{fill:none;stroke:#65676c;stroke-dasharray:3 3}"
    ".mark{stroke:#85827a;stroke-dasharray:2 2}"
)


def pdf(document: Document) -> bytes:
    """The file. What people wrote is data to Typst, never markup."""
    with as_file(files("rejoinder.crisis.report")) as folder:
        made: bytes = typst.compile(
            str(folder / "report.typ"),
            root=str(folder),
            # Nothing is fetched: packages of others would be looked for here.
            package_path=str(folder),
            package_cache_path=str(folder),
            sys_inputs={"report": json.dumps(_values(document))},
        )
    return made


def _values(document: Document) -> dict[str, Any]:
    values = {name: getattr(document, name) for name in ("title", "lead", "foot", "dense")}
    language = document.language.split("-", maxsplit=1)[0]
    return values | {
        "language": language,
        "sections": [_section(each) for each in document.sections],
    }


def _section(section: Section) -> dict[str, Any]:
    tables = [asdict(each) | {"words": sorted(each.words)} for each in section.tables]
    values = {"heading": section.heading, "sentences": list(section.sentences), "tables": tables}
    if section.chart is None:
        return values
    return values | {"chart": str(svg(section.chart, _STYLE)), "label": section.chart.label}
