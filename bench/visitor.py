"""Somebody who is signed in, and asks for pages through the server's own door (WSGI), without a network."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from accord.casework.window.models import Letter
from accord.casework.window.selectors.sessions import CASE, LETTER
from accord.foundation.accounts.models import User

SUBMISSION = re.compile(rb'name="submission"[^>]*value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, after how many milliseconds and statements."""

    status: int
    headers: dict[str, str]
    body: bytes
    milliseconds: float
    queries: int


@dataclass(slots=True)
class Visitor:
    """One browser of one colleague."""

    application: WSGIApplication
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self, user_id: UUID) -> None:
        """Open a session for her, as after the sign-in page."""
        user = User.objects.get(pk=user_id)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        self.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)

    def enter_window(self, letter: Letter) -> None:
        """Open the window of the insured person, as after one of the letter's codes."""
        session = SessionStore()
        session[CASE], session[LETTER] = str(letter.case_id), str(letter.pk)
        session.create()
        self.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, fields: dict[str, str], form_at: str | None = None) -> Answer:
        """Send a form, with the tokens of the page on which it stands."""
        form = self.get(form_at or path)
        token = SUBMISSION.search(form.body)
        sent = {**fields, "submission": token.group(1).decode()} if token else fields
        csrf = self.cookies.get(settings.CSRF_COOKIE_NAME, "")
        return self._ask("POST", path, urlencode(sent).encode(), {"HTTP_X_CSRFTOKEN": csrf})

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        path, _, query = path.partition("?")
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_LANGUAGE": "fr",
            "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if body else "",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": False,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **headers,
        }
        told: list[Any] = []

        def start_response(status: str, found: list[tuple[str, str]], *_: object) -> Any:
            told[:] = [int(status.split(maxsplit=1)[0]), found]

        with counting() as sent:
            begins = time.perf_counter()
            chunks: Iterable[bytes] = self.application(environ, start_response)
            content = b"".join(chunks)
            getattr(chunks, "close", lambda: None)()
            milliseconds = (time.perf_counter() - begins) * 1000
        status, found = told
        for name, value in found:
            if name.lower() == "set-cookie":
                self.cookies.update({key: morsel.value for key, morsel in SimpleCookie(value).items()})
        headers = {name.lower(): value for name, value in found}
        return Answer(status, headers, content, milliseconds, len(sent))


def timed(act: Callable[[], object]) -> Answer:
    """An act without a page, in the same measure."""
    with counting() as sent:
        begins = time.perf_counter()
        act()
        return Answer(200, {}, b"", (time.perf_counter() - begins) * 1000, len(sent))


@contextmanager
def counting() -> Iterator[list[str]]:
    """The statements that Django sends in the block.

    BEGIN, COMMIT, the actor's settings and savepoints are not counted: they ask the database nothing.
    """
    sent: list[str] = []

    def note(execute: Any, statement: str, *rest: Any) -> Any:
        if not statement.startswith(("SAVEPOINT", "RELEASE SAVEPOINT")):
            sent.append(statement)
        return execute(statement, *rest)

    with connection.execute_wrapper(note):
        yield sent
