"""Four languages; the source texts are French."""

from __future__ import annotations

from pathlib import Path

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("de", "Deutsch"), ("it", "Italiano"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parents[2] / "locale"]
FORMAT_MODULE_PATH = ["accord.web.formats"]
TIME_ZONE = "Europe/Zurich"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
