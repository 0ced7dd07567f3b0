"""Where files lie."""

from __future__ import annotations

from pathlib import Path

from accord.config.environment import number, read, schema_dir, state_dir

STATIC_URL = "/static/"
STATIC_ROOT = state_dir() / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = not STATIC_ROOT.is_dir()
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

ACCORD_DOCUMENTS_DIR = Path(read("ACCORD_DOCUMENTS_DIR") or state_dir() / "documents")
ACCORD_PROGRAMMES_DIR = Path(read("ACCORD_PROGRAMMES_DIR")) if read("ACCORD_PROGRAMMES_DIR") else None
ACCORD_SCHEMA_DIR = schema_dir()
ACCORD_CLAMAV_SOCKET = read("ACCORD_CLAMAV_SOCKET")
ACCORD_MAX_UPLOAD_BYTES = number("ACCORD_MAX_UPLOAD_MB") * 1024 * 1024

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
