"""A store of its own for each test."""

import pytest


@pytest.fixture(autouse=True)
def documents_folder(settings, tmp_path):
    settings.ACCORD_DOCUMENTS_DIR = tmp_path / "documents"
    settings.ACCORD_CLAMAV_SOCKET = ""
    return settings.ACCORD_DOCUMENTS_DIR
