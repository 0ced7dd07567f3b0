"""The one library of tags and filters, and how a component is rendered."""

from __future__ import annotations

from typing import Any

from django.template import Library
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

register = Library()


def component(name: str, /, **values: Any) -> SafeString:
    """The component `components/<name>.html` with these values, without any context processor."""
    return mark_safe(get_template(f"components/{name}.html").render(values))  # noqa: S308
