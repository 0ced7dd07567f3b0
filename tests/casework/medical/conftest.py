"""The programmes are loaded, and documents have a place."""

import pytest

from casework.medical.situations import Valais
from scenarios import programmes


@pytest.fixture
def valais(db, settings, tmp_path):
    settings.ACCORD_DOCUMENTS_DIR = tmp_path
    programmes()
    return Valais()
