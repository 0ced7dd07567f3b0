"""The words of a programme in the language of the page."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from accord.network.programmes.rules import Localized

register = template.Library()


@register.filter
def localized(text: Localized | None) -> str:
    """The text in the reader's language, French when it was not translated."""
    return text.in_(get_language() or "fr") if text is not None else ""
