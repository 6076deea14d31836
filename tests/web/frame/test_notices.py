"""What happened is said once."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.pages import notices

pytestmark = pytest.mark.django_db
TEMPLATES = Path(__file__).parents[3] / "rejoinder" / "web" / "templates"


def test_a_refusal_is_said_once(dan: Client) -> None:
    page = dan.post(reverse("keep-tag"), {"name": " "}, follow=True)
    said = notices(page)
    assert said
    assert said.count(said.partition(".")[0]) == 1


def test_no_page_says_again_what_the_frame_says() -> None:
    for path in TEMPLATES.rglob("*.html"):
        page = path.read_text(encoding="utf-8")
        if '{% extends "desk.html" %}' in page and "parts/notices.html" in page:
            assert "{% block notices %}{% endblock %}" in page, path.name
