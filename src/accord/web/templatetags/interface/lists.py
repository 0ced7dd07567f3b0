"""Lists that read like sentences, and what they are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.template import Context
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from accord.web.templatetags.interface.acts import tokens
from accord.web.templatetags.interface.library import component, register
from accord.web.templatetags.interface.writing import NOTHING

PLACES = ("after", "before")
"""Parameters of the address that say where in a list one is; choosing a filter starts over."""


@register.simple_block_tag
def sentences(content: str, caption: object, *columns: object) -> Any:
    """A table that reads like sentences; on a phone each row becomes a block."""
    return component("sentences", content=content, caption=caption, columns=columns)


@register.simple_block_tag
def row_head(content: str) -> Any:
    """What a row is about: usually the person, as a link."""
    return format_html('<th scope="row">{}</th>', content)


@register.simple_block_tag
def cell(content: str, label: object = "", kind: str = "") -> Any:
    """One thing that a row says; `label` repeats the column's word for the phone."""
    return format_html('<td data-label="{}"{}>{}</td>', label, NUMERIC if kind == "number" else "", content)


NUMERIC = SafeString(' class="number"')


@register.simple_block_tag
def facts(content: str) -> Any:
    """What is known of a thing, as words and values."""
    return format_html('<dl class="facts">{}</dl>', content)


@register.simple_tag
def fact(word: object, value: object = "") -> SafeString:
    """One known thing; a dash when it is not known."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", word, NOTHING if value in ("", None) else value)


@register.simple_block_tag
def fact_block(content: str, word: object) -> Any:
    """One known thing whose value is more than a word."""
    return format_html("<div><dt>{}</dt><dd>{}</dd></div>", word, content)


def address(query: QueryDict, **changes: object) -> str:
    """The same address with other parameters; an empty one is left out."""
    changed = query.copy()
    for name, value in changes.items():
        if value in ("", None):
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"?{changed.urlencode()}"


def query_of(context: Context) -> QueryDict:
    """The parameters of the address; none outside a request."""
    request = context.get("request")
    return request.GET if request is not None else QueryDict()


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: str) -> Any:
    """The filters of a list: visible words, kept in the address."""
    return component("filters", content=content)


@register.simple_tag(takes_context=True)
def filter_links(
    context: Context, label: object, name: str, choices: Iterable[tuple[Any, object]]
) -> SafeString:
    """One filter as words to click; the one in force is marked."""
    query = query_of(context)
    chosen = query.get(name, "")
    others = address(query, **dict.fromkeys((*PLACES, name), ""))
    joined = others if others == "?" else f"{others}&"
    links = [
        {
            "word": word,
            "url": others if value in ("", None) else f"{joined}{urlencode({name: value})}",
            "current": str(value) == chosen,
        }
        for value, word in choices
    ]
    return component("filter_links", label=label, links=links)


@register.simple_tag(takes_context=True)
def filter_field(context: Context, label: object, name: str = "q") -> SafeString:
    """One filter that is typed; the other parameters of the address stay."""
    query = query_of(context)
    kept = [(key, value) for key, value in query.items() if key not in (name, *PLACES)]
    return component("filter_field", label=label, name=name, value=query.get(name, ""), kept=kept)


@register.simple_tag(takes_context=True)
def pagination(context: Context, after: object = "", before: object = "") -> SafeString | str:
    """Further and back in a long list, without counting it."""
    if not after and not before:
        return ""
    query = query_of(context)
    return component(
        "pagination",
        further=address(query, before="", after=after) if after else "",
        back=address(query, after="", before=before) if before else "",
    )


@register.simple_tag
def empty_state(title: object, sentence: object = "", url: str = "", label: object = "") -> SafeString:
    """Nothing there: what would fill it, and how."""
    return component("empty_state", title=title, sentence=sentence, url=url, label=label)


@register.simple_tag
def progress(value: int, maximum: int, words: object) -> SafeString:
    """How far long work is, in words and as a bar."""
    return component("progress", value=value, maximum=maximum, words=words)


@register.simple_tag(takes_context=True)
def step_item(
    context: Context,
    title: object,
    url: str = "",
    done: bool = False,
    due: date | None = None,
    owner: object = "",
    detail: object = "",
    link: str = "",
    may: bool = True,
) -> SafeString:
    """One thing to do: tick it, who does it, by when."""
    return component(
        "step_item",
        title=title, url=url if may else "", done=done, due=due, owner=owner, detail=detail, link=link,
        **tokens(context),
    )  # fmt: skip


@register.simple_block_tag
def moment(
    content: str,
    when: date | datetime,
    what: object,
    who: object = "",
    icon: str = "circle",
    new: bool = False,
) -> Any:
    """One entry of a timeline."""
    return component(
        "moment",
        content=content, filled=bool(content.strip()), when=when, timed=isinstance(when, datetime),
        what=what, who=who, icon=icon, new=new,
    )  # fmt: skip


@register.simple_tag
def participant(
    name: object,
    role: object = "",
    referent: object = "",
    lead: bool = False,
    left: date | datetime | None = None,
    url: str = "",
    circles: Sequence[object] = (),
) -> SafeString:
    """Who takes part: an institution and the person behind it."""
    return component(
        "participant",
        name=name, role=role, referent=referent, lead=lead, left=left, url=url, circles=circles,
    )  # fmt: skip


@register.simple_tag
def document_tile(
    title: object,
    url: str = "",
    kind: str = "",
    bytes: int | None = None,
    at: date | datetime | None = None,
    state: str = "clean",
    category: object = "",
    who: object = "",
) -> SafeString:
    """A document: what it is, whether it was checked, how large."""
    return component(
        "document_tile",
        title=title, url=url if state == "clean" else "", kind=kind, size=bytes, at=at, state=state,
        category=category, who=who,
    )  # fmt: skip


@register.simple_tag
def consent_grid(grid: Any) -> SafeString:
    """Institutions × kinds of data: yes, no, or by law, each as a word and a shape."""
    columns = list(part(grid, "columns"))
    rows = [
        {
            "institution": part(row, "institution"),
            "people": part(row, "people"),
            "cells": list(zip(columns, part(row, "cells"), strict=True)),
        }
        for row in part(grid, "rows")
    ]
    return component("consent_grid", caption=part(grid, "caption"), columns=columns, rows=rows)


def part(thing: Any, name: str) -> Any:
    """A key of a mapping or an attribute of an object; an empty text when there is none."""
    return thing.get(name, "") if isinstance(thing, Mapping) else getattr(thing, name, "")


@register.simple_tag
def figure(value: object, word: object, detail: object = "", url: str = "") -> SafeString:
    """A number with what it means."""
    return component("figure", value=value, word=word, detail=detail, url=url)


@register.simple_tag
def lanes_legend() -> SafeString:
    """The key of the picture of a case."""
    return component("lanes_legend")
