"""No headline becomes a picture, in a renderer that unescapes a link's text before it looks for one, as marked does."""

import shutil
import subprocess

import pytest

from briefing.render.escaping import markdown

HEADLINE = "Council ![x](http://elsewhere.example/?read) meets"


def test_what_opens_a_picture_and_its_address_is_escaped() -> None:
    assert "\\!\\[x\\]\\(" in markdown(HEADLINE)
    assert markdown("Stop! (Really)") == "Stop! (Really)"


@pytest.mark.skipif(not shutil.which("marked"), reason="marked is not installed: npm install --global marked")
def test_marked_shows_no_picture() -> None:
    page = f"- [{markdown(HEADLINE)}](<https://good.example/1/>)"
    shown = subprocess.run(["marked", "--gfm"], input=page, capture_output=True, text=True, check=True).stdout
    assert "<img" not in shown
    assert 'href="https://good.example/1/"' in shown
