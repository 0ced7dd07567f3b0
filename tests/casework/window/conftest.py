"""Geneva, with a letter on the person's table."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

import scenarios
from casework.window.situations import Window


@pytest.fixture
def window(db: None, settings: Any, tmp_path: Any) -> Window:
    settings.ACCORD_DOCUMENTS_DIR = tmp_path
    scenarios.programmes()
    return Window()


@pytest.fixture
def browser(window: Window) -> Client:
    """A browser in which the person has typed a code."""
    client = Client()
    window.comes_in(client)
    return client
