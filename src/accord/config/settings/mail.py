"""How mails leave, by SMTP when a server is given, else into the demo's mailbox page; and how replies come."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from accord.config.environment import mode, read

_server = urlsplit(read("ACCORD_MAIL_URL"))
if _server.scheme not in ("", "smtp", "smtps"):
    raise SystemExit("ACCORD_MAIL_URL must begin with smtp:// or smtps://.")

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if _server.hostname or mode() == "production"
    else "accord.foundation.notifications.services.mailing.DemoMailbox"
)
EMAIL_HOST = _server.hostname or "localhost"
EMAIL_PORT = _server.port or (465 if _server.scheme == "smtps" else 587 if _server.scheme else 25)
EMAIL_HOST_USER = unquote(_server.username or "")
EMAIL_HOST_PASSWORD = unquote(_server.password or "")
EMAIL_USE_SSL = _server.scheme == "smtps"
EMAIL_USE_TLS = _server.scheme == "smtp" and _server.hostname not in ("localhost", "127.0.0.1")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read("ACCORD_MAIL_FROM")

ACCORD_REPLY_MAIL_URL = read("ACCORD_REPLY_MAIL_URL")
if urlsplit(ACCORD_REPLY_MAIL_URL).scheme not in ("", "imaps"):
    raise SystemExit("ACCORD_REPLY_MAIL_URL must begin with imaps://.")
