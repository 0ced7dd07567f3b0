"""A colleague, or the person herself, at the screen: reads a page, fills in its form, presses its buttons.

A form is sent as the page offered it, with its hidden fields and what stood in it; only what is told is
changed. What the page does not offer cannot be filled in or pressed.
"""

from __future__ import annotations

import io
import re
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pypdfium2
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accord.casework.cases.models import Case
from scenarios import Colleague


class Forms(HTMLParser):
    """The forms of a page: where each is sent, and its fields as they stand."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, list[str]], set[str]]] = []
        self._select = self._area = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            nowhere = "dialog" if given.get("method") == "dialog" else ""
            self.found.append((given.get("action", nowhere), {}, set()))
        if not self.found:
            return
        _action, values, names = self.found[-1]
        name = given.get("name", "")
        if tag in ("input", "select", "textarea", "button") and name:
            names.add(name)
        if "formaction" in given:
            names.add(given["formaction"])
        kind = given.get("type", "text")
        if tag == "input" and name and kind not in ("submit", "file"):
            if kind not in ("checkbox", "radio"):
                values.setdefault(name, []).append(given.get("value", ""))
            elif "checked" in given:
                values.setdefault(name, []).append(given.get("value", "on"))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in given or self._select not in values:
                values[self._select] = [given.get("value", "")]
        elif tag == "textarea":
            self._area = name
            values[name] = [""]

    def handle_data(self, data: str) -> None:
        if self._area:
            self.found[-1][1][self._area] = [self.found[-1][1][self._area][0] + data.lstrip("\n")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._area = ""


class Screen:
    """A browser without script."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.opened: set[str] = set()
        self.offered: set[str] = set()

    def reads(self, name: str, /, *arguments: Any, status: int = 200, **query: str) -> str:
        """The page, in words as one reads them."""
        return plain(self.page(name, *arguments, status=status, **query))

    def page(self, name: str, /, *arguments: Any, status: int = 200, **query: str) -> str:
        response = self.client.get(reverse(name, args=arguments), query)
        assert response.status_code == status, (name, response.status_code, response.content[:600])
        if status == 200:
            self.opened.add(response.request["PATH_INFO"])
        return self._look_at(response)

    def _look_at(self, response: HttpResponse) -> str:
        """The page; what it leads to is remembered."""
        page = response.content.decode()
        address = response.request["PATH_INFO"]  # type: ignore[attr-defined]
        for found in re.findall(r'\b(?:href|action|formaction)="([^"]+)"', page):
            self.offered.add(urlsplit(urljoin(address, unescape(found))).path)
        return page

    def typed(self) -> set[str]:
        """Addresses that were opened, and to which no page that one has seen leads."""
        return self.opened - self.offered

    def fills(
        self, name: str, /, *arguments: Any, to: str = "", query: dict[str, str] | None = None, **fields: Any
    ) -> HttpResponse:
        """Open a form, fill it in and send it (`to` another of its buttons); a refusal is a failure."""
        response = self.tries(name, *arguments, to=to, query=query, **fields)
        assert response.status_code in (302, 303), (name, wrong_in(response))
        arrived = self.client.get(response.headers["Location"])
        assert arrived.status_code == 200
        self._look_at(arrived)
        return response

    def tries(
        self, name: str, /, *arguments: Any, to: str = "", query: dict[str, str] | None = None, **fields: Any
    ) -> HttpResponse:
        """Open a form, fill it in and send it; the answer as it comes."""
        address = reverse(name, args=arguments) + (f"?{urlencode(query)}" if query else "")
        target = reverse(to, args=arguments) if to else ""
        fitting = [
            (urljoin(address, action), values)
            for action, values, names in Forms(self.page(name, *arguments, **(query or {}))).found
            if set(fields) <= names
            and (fields or action in ("", address) or to)
            and (not to or target in names or action == target)
        ]
        assert fitting, f"{address} has no form for {sorted(fields)} {target}"
        action, values = fitting[-1]
        sent = {"submission": _submission(values), **values, **fields}
        sent = {key: value for key, value in sent.items() if value is not None}
        return self.client.post(target or action, sent)

    def offers(self, name: str, /, *arguments: Any, field: str, **query: str) -> list[str]:
        """What may be ticked in a field."""
        page = self.page(name, *arguments, **query)
        ticks = re.findall(r"<input[^>]*>", page)
        return [
            unescape(value[1])
            for tick in ticks
            if f'name="{field}"' in tick and (value := re.search(r'value="([^"]*)"', tick))
        ]

    def presses(self, button: str, /, *arguments: Any, on: tuple[Any, ...], **fields: str) -> HttpResponse:
        """Press a button that stands on a page (`on`: its name, arguments and panel)."""
        name, *where = on
        panel = {"panneau": where.pop()} if where and isinstance(where[-1], str) else {}
        page = self.page(name, *where, **panel)
        target = reverse(button, args=arguments)
        offered = [values for action, values, _names in Forms(page).found if action == target]
        assert offered, f"{target} is not offered on {name}"
        response = self.client.post(target, {**offered[0], **fields})
        assert response.status_code in (302, 303), (button, wrong_in(response))
        told = self.client.get(response.headers["Location"])
        assert told.status_code == 200
        self._look_at(told)
        return told


class Desk(Screen):
    """A colleague at her screen."""

    def __init__(self, who: Colleague) -> None:
        super().__init__(who.browser())
        self.who = who

    @property
    def house(self) -> Any:
        """The institution for which she acts."""
        return self.who.institution

    def sees(self, case: Case, panel: str = "") -> str:
        """One panel of the case page."""
        return self.reads("web:case", case.pk, **({"panneau": panel} if panel else {}))


def _submission(values: dict[str, list[str]]) -> str:
    return values.get("submission", [""])[0]


def plain(page: str) -> str:
    """What stands on a page, without its marks and with plain spaces."""
    bare = unescape(re.sub(r"<[^>]+>", " ", page))
    return re.sub(r"[\s\u202f\u00a0]+", " ", bare)


def wrong_in(response: HttpResponse) -> Any:
    """What a form that came back says is wrong."""
    page = response.content.decode(errors="replace")
    said = re.findall(
        r'<p class="[^"]*error[^"]*"[^>]*>(.*?)</p>|<ul class="errorlist[^"]*"[^>]*>(.*?)</ul>',
        page,
        re.DOTALL,
    )
    return response.status_code, [plain("".join(one)) for one in said] or plain(page)[-3000:]


def text_of(pdf: bytes) -> str:
    """The words of a PDF."""
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def marks(**who: tuple[Any, str]) -> list[str]:
    """Ticks of the grid: each institution with the kinds of data opened to it."""
    return [f"{desk.house.pk}:{category}" for desk, kinds in who.values() for category in kinds.split()]
