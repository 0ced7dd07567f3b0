"""Documents go to a folder of the test."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.ACCORD_DOCUMENTS_DIR = tmp_path
