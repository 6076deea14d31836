"""Answers and their revisions, who was told which, the public log, and visits by day."""

from rejoinder.answers.models.answer import Answer, Covered, Revision, Subject
from rejoinder.answers.models.link import Link, LinkVisit
from rejoinder.answers.models.log import Leaf
from rejoinder.answers.models.told import Told
from rejoinder.answers.models.visit import Visit

__all__ = ["Answer", "Covered", "Leaf", "Link", "LinkVisit", "Revision", "Subject", "Told", "Visit"]
