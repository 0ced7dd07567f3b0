"""How dates, durations and numbers are written."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accord.kernel.clock import SWISS_TIME, today
from accord.web.templatetags.interface.library import register

NOTHING = "–"
NARROW_SPACE = "\u202f"

Day = date | datetime | str | None


def local_day(value: date | datetime) -> date:
    """The day on the caseworker's calendar."""
    return value.astimezone(SWISS_TIME).date() if isinstance(value, datetime) else value


def separator() -> str:
    """Between day, month and year: a full stop in Switzerland, a stroke in France."""
    return "/" if getattr(settings, "ACCORD_COUNTRY", "CH") == "FR" else "."


@register.filter
def day(value: Day) -> str:
    """22.11.2026 (France: 22/11/2026); a partial date "1980-11" gives 11.1980; nothing gives a dash."""
    if not value:
        return NOTHING
    if isinstance(value, str):
        return separator().join(reversed(value.split("-")))
    d = local_day(value)
    return f"{d.day:02d}{separator()}{d.month:02d}{separator()}{d.year:04d}"


@register.filter
def day_long(value: date | datetime | None) -> str:
    """22 novembre 2026."""
    if not value:
        return NOTHING
    d = local_day(value)
    words = {"day": d.day, "month": MONTHS[d.month], "year": d.year}
    return _("1er %(month)s %(year)s") % words if d.day == 1 else _("%(day)s %(month)s %(year)s") % words


@register.filter
def clock_time(value: datetime | None) -> str:
    """14:30, Swiss time."""
    return f"{value.astimezone(SWISS_TIME):%H:%M}" if value else NOTHING


@register.filter
def day_time(value: datetime | None) -> str:
    """22.11.2026, 14:30, Swiss time."""
    return f"{day(value)}, {clock_time(value)}" if value else NOTHING


def _span(days: int) -> tuple[int, str]:
    if days < 45:
        return days, "day"
    return (round(days / 30.44), "month") if days < 730 else (days // 365, "year")


@register.filter
def since(value: date | datetime | None) -> str:
    """aujourd’hui, hier, il y a 3 jours, il y a 5 mois; what lies ahead is written as a date."""
    if not value:
        return NOTHING
    days = (today() - local_day(value)).days
    if days < 0:
        return day(value)
    if days < 2:
        return _("hier") if days else _("aujourd’hui")
    n, unit = _span(days)
    if unit == "day":
        return ngettext("il y a %(n)s jour", "il y a %(n)s jours", n) % {"n": n}
    if unit == "month":
        return ngettext("il y a %(n)s mois", "il y a %(n)s mois", n) % {"n": n}
    return ngettext("il y a %(n)s an", "il y a %(n)s ans", n) % {"n": n}


@register.filter
def lasting(value: date | datetime | None) -> str:
    """depuis aujourd’hui, depuis 12 jours, depuis 5 mois: how long something has stood as it is."""
    if not value:
        return NOTHING
    days = (today() - local_day(value)).days
    if days <= 0:
        return _("depuis aujourd’hui") if days == 0 else _("dès le %(day)s") % {"day": day(value)}
    n, unit = _span(days)
    if unit == "day":
        return ngettext("depuis %(n)s jour", "depuis %(n)s jours", n) % {"n": n}
    if unit == "month":
        return ngettext("depuis %(n)s mois", "depuis %(n)s mois", n) % {"n": n}
    return ngettext("depuis %(n)s an", "depuis %(n)s ans", n) % {"n": n}


@register.filter
def until(value: date | datetime | None) -> str:
    """dans 5 jours, demain, aujourd’hui, en retard de 3 jours."""
    if not value:
        return NOTHING
    days = (local_day(value) - today()).days
    if days < 0:
        return ngettext("en retard de %(n)s jour", "en retard de %(n)s jours", -days) % {"n": -days}
    if days < 2:
        return _("demain") if days else _("aujourd’hui")
    return ngettext("dans %(n)s jour", "dans %(n)s jours", days) % {"n": days}


@register.filter
def number(value: float | Decimal | None, decimals: int | None = None) -> str:
    """1 234 567,5 with narrow no-break spaces and a decimal comma."""
    if value is None:
        return NOTHING
    text = f"{value:,}" if decimals is None else f"{value:,.{decimals}f}"
    return text.replace(",", NARROW_SPACE).replace(".", ",").replace("-", "−")


@register.filter(name="bytes")
def size_in_bytes(value: int | None) -> str:
    """The size of a file: 640 ko, 1,2 Mo."""
    if value is None:
        return NOTHING
    if value < 1_000_000:
        return _("%(size)s ko") % {"size": number(max(1, round(value / 1000)))}
    return _("%(size)s Mo") % {"size": number(value / 1_000_000, 1)}


@register.filter
def avs(value: str | None) -> str:
    """756.1234.5678.97, as on the insurance card."""
    if not value:
        return NOTHING
    return f"{value[:3]}.{value[3:7]}.{value[7:11]}.{value[11:]}" if len(value) == 13 else value
