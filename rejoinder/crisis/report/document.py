"""A report as what it is made of, in words already: headings, sentences, charts, tables. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their heads; the first cell of a row is its head. `words` are the columns that
    hold words, the others hold figures; the column `wide` takes the room that is left.
    """

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: frozenset[int] = frozenset({0})
    wide: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A moment on a chart, as a share of its width; its words stand before it or behind."""

    at: float
    words: str
    before: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """Values by equal steps against what is usual; `usual` and `band` are empty when unknown."""

    label: str
    top: float
    values: Sequence[float]
    usual: Sequence[float] = ()
    low: Sequence[float] = ()
    high: Sequence[float] = ()
    ticks: Sequence[Mark] = ()
    marks: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """One chapter: sentences first, then what shows them."""

    heading: str
    sentences: Sequence[str] = ()
    chart: Chart | None = None
    tables: Sequence[Table] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report. `language` is the one it is written in; `dense` sets it on few sheets."""

    title: str
    lead: str
    sections: Sequence[Section]
    foot: str
    language: str
    dense: bool = False
