"""Rehearsed days as one page to keep and to pass on: HTML that needs nothing else. Pure."""

from rejoinder.drill.report.page import page

__all__ = ["page"]
