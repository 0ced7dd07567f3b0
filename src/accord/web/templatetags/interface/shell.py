"""The frame of a page: navigation, heading, sections, notices."""

from __future__ import annotations

from typing import Any

from django.template import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accord.web.templatetags.interface.library import component, register

NOTICES = {
    "info": "info",
    "success": "circle-check",
    "warn": "triangle-alert",
    "warning": "triangle-alert",
    "danger": "octagon-alert",
    "error": "octagon-alert",
    "debug": "info",
}
"""The shape of each kind of notice; the names of Django's message levels are known too."""

HERE = SafeString(' aria-current="page"')


@register.simple_tag(takes_context=True)
def nav_link(context: Context, name: str, word: object) -> SafeString | str:
    """A link of the main navigation, marked when one is there; nothing if the screen does not exist."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return ""
    request = context.get("request")
    path = request.path if request else ""
    here = path == url or (url != "/" and path.startswith(url))
    return format_html('<li><a href="{}"{}>{}</a></li>', url, HERE if here else "", word)


@register.simple_block_tag
def page_header(
    content: str, title: object, lead: object = "", back: str = "", back_label: object = ""
) -> Any:
    """The one h1 of a page, a sentence, the way back, and the page's own act."""
    return component("page_header", content=content, title=title, lead=lead, back=back, back_label=back_label)


@register.simple_block_tag
def section(content: str, title: object, id: str = "", why: object = "") -> Any:
    """A part of a page under its own h2."""
    return component("section", content=content, title=title, id=id, why=why)


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: object = "") -> Any:
    """Something to know before going on."""
    return component("notice", content=content, kind=kind, title=title, shape=NOTICES.get(kind, "info"))


@register.simple_tag
def message_notice(message: Any) -> SafeString:
    """What Accord answers to an act (a message of django.contrib.messages)."""
    kind = message.level_tag or "info"
    return component("notice", content=message.message, kind=kind, title="", shape=NOTICES.get(kind, "info"))


@register.simple_tag
def tab(word: object, url: str, count: int | None = None, current: bool = False) -> SafeString:
    """One part of a thing; `current` is the one that is open."""
    return component("tab", word=word, url=url, count=count, current=current)


@register.simple_block_tag
def tabs(content: str, label: object) -> Any:
    """Links to the parts of a thing."""
    return component("tabs", content=content, label=label)
