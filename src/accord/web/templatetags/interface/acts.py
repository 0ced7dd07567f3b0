"""What one can do on a page: links that act, one-click acts, forms."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.forms import BaseForm
from django.middleware.csrf import get_token
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accord.web.templatetags.interface.library import component, register
from accord.web.templatetags.interface.marks import icon as icon_of

SUBMISSION = "submission"
"""Name of the hidden field by which a form that is sent twice has one effect."""


def tokens(context: Context, form: BaseForm | None = None) -> dict[str, str]:
    """The csrf token, and the submission token: fresh, or the one that a bound form came with."""
    request = context.get("request")
    posted = form.data.get(SUBMISSION, "") if form is not None and form.is_bound else ""
    return {
        "csrf": get_token(request) if request is not None else "",
        "submission": posted or uuid4().hex,
    }


@register.simple_tag
def button(
    word: object, url: str, kind: str = "secondary", icon: str = "", external: bool = False
) -> SafeString:
    """A link that looks like what it is: something to do."""
    shape = icon_of(icon) if icon else ""
    attributes = SafeString(' rel="noopener" target="_blank"') if external else ""
    return format_html('<a class="button {}" href="{}"{}>{}{}</a>', kind, url, attributes, shape, word)


@register.simple_tag(takes_context=True)
def post_button(
    context: Context,
    word: object,
    url: str,
    kind: str = "secondary",
    icon: str = "",
    name: str = "",
    value: str = "",
) -> SafeString:
    """An act of one click, with its tokens and at most one value."""
    return component(
        "post_button",
        word=word, url=url, kind=kind, icon=icon, name=name, value=value, **tokens(context),
    )  # fmt: skip


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context,
    content: str,
    word: object,
    url: str,
    title: object = "",
    kind: str = "danger",
    icon: str = "",
    act: object = "",
) -> Any:
    """An act that asks first: the block says what will happen, and may hold fields."""
    return component(
        "confirm",
        content=content, word=word, url=url, title=title or word, kind=kind, icon=icon, act=act or word,
        **tokens(context),
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def form_open(
    context: Context, form: BaseForm | None = None, action: str = "", multipart: bool | None = None
) -> SafeString:
    """Open a form that is posted, with its tokens; multipart by itself when the form has a file."""
    has_file = form.is_multipart() if multipart is None and form is not None else bool(multipart)
    return component("form_open", action=action, multipart=has_file, **tokens(context, form))


@register.simple_tag
def form_close(
    word: object,
    cancel: str = "",
    kind: str = "primary",
    icon: str = "",
    extra: object = "",
    extra_name: str = "",
    extra_value: str = "1",
) -> SafeString:
    """The act of the form, perhaps a second one, the way out, and the end of the form."""
    return component(
        "form_close",
        word=word, cancel=cancel, kind=kind, icon=icon,
        extra=extra, extra_name=extra_name, extra_value=extra_value,
    )  # fmt: skip


@register.simple_tag(takes_context=True)
def submission(context: Context, form: BaseForm | None = None) -> SafeString:
    """The hidden submission token alone, for a form that is written by hand."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', SUBMISSION, tokens(context, form)["submission"]
    )


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString | str:
    """All that keeps the form from being accepted, with links to the fields; it takes the focus."""
    if not form.errors:
        return ""
    faults: list[dict[str, Any]] = [{"sentence": sentence} for sentence in form.non_field_errors()]
    for bound in form:
        faults += [
            {
                "label": "" if bound.is_hidden else bound.label,
                "href": first_input(bound),
                "sentence": sentence,
            }
            for sentence in bound.errors
        ]
    return component("error_summary", faults=faults)


def first_input(bound: Any) -> str:
    """The id to which an error leads: the input, or the first of a group."""
    if bound.is_hidden or not bound.auto_id:
        return ""
    if bound.id_for_label:
        return str(bound.id_for_label)
    subwidgets = list(bound.subwidgets)
    return str(subwidgets[0].id_for_label) if subwidgets else str(bound.auto_id)
