"""Small marks: icons, chips, and the sentence that says why."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from accord.kernel.clock import today
from accord.web.templatetags.interface.library import component, register
from accord.web.templatetags.interface.writing import day, local_day, until

SHAPES = {
    "neutral": "circle",
    "draft": "circle-dashed",
    "waiting": "hourglass",
    "active": "circle-dot",
    "done": "circle-check",
    "stopped": "circle-slash",
    "late": "triangle-alert",
    "soon": "clock",
    "consent": "signature",
    "law": "scale",
    "new": "star",
}
"""The shape of each kind of chip: no state is told by its colour alone."""

KIND_OF_STATE = {
    "draft": "draft",
    "announced": "waiting",
    "sent": "waiting",
    "asked_back": "soon",
    "proposed": "waiting",
    "planned": "draft",
    "running": "active",
    "agreed": "done",
    "stopped": "stopped",
    "open": "active",
    "active": "active",
    "accepted": "done",
    "done": "done",
    "closed": "done",
    "declined": "stopped",
    "withdrawn": "stopped",
    "abandoned": "stopped",
    "replaced": "stopped",
    "dropped": "stopped",
    "revoked": "stopped",
    "expired": "late",
}

BASES = {"consent": "consent", "law": "law", "emergency": "late", "party": "neutral"}
DAYS_AHEAD = 7
"""A deadline is near from this many days before."""


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A sign of the sprite; without a label it is an ornament beside a word."""
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>',
            label,
            _address_of(name),
        )
    return _ornament(name)


@cache
def _address_of(name: str) -> str:
    return f"{static('accord/icons.svg')}#{name}"


@cache
def _ornament(name: str) -> SafeString:
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', _address_of(name))


@register.simple_tag
def chip(word: object, kind: str = "neutral") -> SafeString:
    """A word with its shape."""
    return format_html('<span class="chip chip-{}">{}{}</span>', kind, icon(SHAPES[kind]), word)


@register.simple_tag
def state(value: str, word: object) -> SafeString:
    """The state of a case, an announcement, an authorisation or a step."""
    return chip(word, KIND_OF_STATE.get(str(value), "neutral"))


@register.simple_tag
def basis(value: str, word: object = "") -> SafeString:
    """Why an institution may see something: by authorisation, by law, in an emergency, as a participant."""
    words = {
        "consent": _("par autorisation"),
        "law": _("par la loi"),
        "emergency": _("en urgence"),
        "party": _("participe au dossier"),
    }
    return chip(word or words[str(value)], BASES[str(value)])


@register.simple_tag
def deadline(due: date | datetime | None, done: bool = False) -> SafeString | str:
    """A due date, with how far it is: late, near, or simply the day."""
    if not due:
        return ""
    days = (local_day(due) - today()).days
    if done or days > DAYS_AHEAD:
        return format_html('<span class="number">{}</span>', day(due))
    words = _("%(day)s, %(distance)s") % {"day": day(due), "distance": until(due)}
    return chip(words, "late" if days < 0 else "soon")


@register.simple_tag
def new_mark() -> SafeString:
    """Changed since the reader's last visit."""
    return chip(_("nouveau"), "new")


@register.simple_tag
def why(sentence: object, hidden: bool = False) -> SafeString | str:
    """A small mark that opens one sentence: why one sees this, or what would open it."""
    return component("why", sentence=sentence, hidden=hidden) if sentence else ""


@register.simple_tag
def hidden_block(title: object, sentence: object) -> SafeString:
    """In the place of a block that one may know exists and may not read."""
    return component("hidden_block", title=title, sentence=sentence)
