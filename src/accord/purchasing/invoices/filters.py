"""Filters of the lists of invoices: visible words, kept in the address."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from accord.purchasing.invoices.enums import OPEN, InvoiceState
from accord.purchasing.invoices.selectors import Shelf

LATE = "retard"
STATES: dict[str, tuple[str, ...]] = {
    "": OPEN,
    "eclaircir": (InvoiceState.PENDING,),
    "approuver": (InvoiceState.ACCEPTED,),
    "payer": (InvoiceState.APPROVED, InvoiceState.ORDERED),
    LATE: OPEN,
    "payees": (InvoiceState.PAID,),
    "refusees": (InvoiceState.REJECTED, InvoiceState.CANCELLED),
    "toutes": (),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its name, its key in the address, and its values with their words."""

    label: str
    key: str
    choices: list[tuple[str, str]]


def shelf_from(query: QueryDict) -> Shelf:
    """Which invoices the address asks for; what it does not understand is left out."""
    state = query.get("etat", "")
    return Shelf(
        states=STATES.get(state, STATES[""]),
        number=query.get("q", "").strip()[:40],
        overdue_only=state == LATE,
        last_first=state in ("payees", "refusees", "toutes"),
    )


def filters_for() -> list[Filter]:
    """The filters that the lists offer."""
    states = [
        ("", _("ouvertes")),
        ("eclaircir", _("à éclaircir")),
        ("approuver", _("à approuver")),
        ("payer", _("à payer")),
        (LATE, _("en retard")),
        ("payees", _("payées")),
        ("refusees", _("refusées ou annulées")),
        ("toutes", _("toutes")),
    ]
    return [Filter(_("État"), "etat", states)]
