"""The authorisation as fragments: its panel on the case page, and the words of its grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accord.casework.cases.enums import Basis
from accord.casework.cases.models import Case, Disclosure
from accord.casework.cases.selectors import disclosures_in
from accord.casework.consents.enums import ConsentState
from accord.casework.consents.models import Consent, Grant
from accord.casework.consents.policies import can_end, can_prepare
from accord.casework.consents.rules import is_in_force, mark_of
from accord.casework.consents.selectors import Cell, Grid, Row, consents_of, grid_of, people_of
from accord.kernel.actors import Actor
from accord.kernel.clock import today
from accord.network.institutions.models import Institution
from accord.network.programmes.rules import Programme

SHOW, COMPOSE, NARROW = "show", "compose", "narrow"
"""What a grid is for: to read, to tick anything, or to take ticks away."""


def grid_words(
    grid: Grid, *, caption: str, purpose: str = SHOW, ticked: set[str] | None = None
) -> dict[str, Any]:
    """The grid for the component `consent_grid`; `ticked` are the marks as last sent, if a form was sent."""
    language = get_language() or "fr"
    return {
        "caption": caption,
        "columns": [category.label.in_(language) for category in grid.categories],
        "rows": [
            {
                "institution": row.institution.name,
                "people": ", ".join(row.people),
                "cells": [_cell_words(row, cell, purpose, ticked) for cell in row.cells],
            }
            for row in grid.rows
        ],
    }


def _cell_words(row: Row, cell: Cell, purpose: str, ticked: set[str] | None) -> dict[str, Any]:
    mark = mark_of(row.institution.pk, cell.key)
    granted = cell.granted if ticked is None else mark in ticked
    words: dict[str, Any] = {"state": "yes" if granted else "no", "why": cell.article}
    if purpose == NARROW and cell.granted:
        return words | {"name": "grants", "value": mark}
    if cell.article and (purpose == COMPOSE or not granted):
        return words | {"state": "law"}
    if purpose == COMPOSE:
        return words | {"name": "grants", "value": mark}
    return words


def granted_by(consent: Consent) -> dict[Any, int]:
    """What the authorisation grants now, or granted when it ended."""
    grants = list(consent.grants.all())
    if any(grant.ended_at is None for grant in grants):
        return {grant.recipient_id: grant.categories for grant in grants if grant.ended_at is None}
    last = max((grant.ended_at for grant in grants if grant.ended_at), default=None)
    return {grant.recipient_id: grant.categories for grant in grants if grant.ended_at == last}


def circle_words(circles: tuple[Programme, ...], programme: Programme) -> str:
    """The name of a circle beside its authorisation; nothing while the case stands in one circle only."""
    return programme.label.in_(get_language() or "fr") if len(circles) > 1 else ""


def compose_url(case: Case, programme: Programme) -> str:
    """Where an authorisation for one of the case's circles is prepared."""
    address = reverse("consents:compose", args=[case.pk])
    return address if programme.slug == case.programme else f"{address}?cercle={programme.slug}"


@dataclass(frozen=True, slots=True)
class ConsentPanel:
    """Where the authorisation for a circle of the case stands, who sees what, and what one may do about it."""

    anchor: str
    circle: str
    consent: Consent | None
    draft: Consent | None
    in_force: bool
    ended: Consent | None
    grid: dict[str, Any]
    may_ask: bool
    may_end: bool
    compose_url: str
    law_url: str
    template: str = field(default="consents/panel.html", init=False)

    @property
    def is_later(self) -> bool:
        """Signed, but it has not begun yet."""
        return self.consent is not None and self.consent.valid_from > today()


def consent_panels(
    actor: Actor, case: Case, circles: tuple[Programme, ...], disclosures: list[Disclosure]
) -> list[ConsentPanel]:
    """The panels of the case page, one a circle; `disclosures` are those of `disclosures_of`."""
    consents = list(consents_of(actor, case))
    people = people_of(actor, case)
    may_ask = bool(can_prepare(actor, case))
    return [
        _panel(
            actor,
            case,
            programme,
            circle=circle_words(circles, programme),
            consents=[one for one in consents if one.programme == programme.slug],
            grid=_who_sees_what(
                people,
                programme,
                disclosures_in(case, programme.slug, disclosures),
                circle_words(circles, programme),
            ),
            may_ask=may_ask,
        )
        for programme in circles
    ]


def _panel(
    actor: Actor,
    case: Case,
    programme: Programme,
    *,
    circle: str,
    consents: list[Consent],
    grid: dict[str, Any],
    may_ask: bool,
) -> ConsentPanel:
    active = next((consent for consent in consents if consent.state == ConsentState.ACTIVE), None)
    draft = next(
        (
            consent
            for consent in consents
            if consent.state == ConsentState.DRAFT and consent.recorded_by_id == actor.institution_id
        ),
        None,
    )
    over = (ConsentState.REVOKED, ConsentState.EXPIRED)
    return ConsentPanel(
        anchor="autorisation" if programme.slug == case.programme else f"autorisation-{programme.slug}",
        circle=circle,
        consent=active,
        draft=draft,
        in_force=bool(active and is_in_force(active.state, active.valid_from, active.valid_until, today())),
        ended=next((consent for consent in consents if consent.state in over), None),
        grid=grid,
        may_ask=may_ask,
        may_end=bool(active and can_end(actor, active)),
        compose_url=compose_url(case, programme),
        law_url=reverse("consents:by_law", args=[case.pk]),
    )


def _who_sees_what(
    people: Mapping[UUID, tuple[str, ...]],
    programme: Programme,
    disclosures: list[Disclosure],
    circle: str,
) -> dict[str, Any]:
    """What is disclosed at this instant, by authorisation and by law: the truth, not the intention."""
    running = [one for one in disclosures if getattr(one, "runs", False) and one.basis != Basis.PARTY]
    institutions: dict[Any, Institution] = {one.recipient_id: one.recipient for one in running}
    granted: dict[Any, int] = {}
    for one in running:
        if one.basis != Basis.LAW:
            granted[one.recipient_id] = granted.get(one.recipient_id, 0) | one.categories
    grid = grid_of(programme, institutions.values(), granted, running, people)
    caption = (
        _("Qui voit quoi aujourd’hui dans %(circle)s") % {"circle": circle}
        if circle
        else _("Qui voit quoi aujourd’hui")
    )
    return grid_words(grid, caption=caption)


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to an authorisation."""

    when: date | datetime
    what: str
    icon: str
    details: tuple[str, ...] = ()


def history_of(consent: Consent, programme: Programme) -> list[Moment]:
    """What happened to the authorisation, the newest first."""
    moments = [Moment(consent.created_at, _("Préparée par %(who)s") % {"who": consent.recorded_by}, "file")]
    if consent.signed_on:
        signed = {"who": consent.get_signatory_display(), "how": consent.get_channel_display()}
        moments.append(Moment(consent.signed_on, _("Signée par %(who)s, %(how)s") % signed, "signature"))
    moments += _narrowings(consent, programme)
    if consent.state == ConsentState.REVOKED and consent.revoked_at:
        note = (consent.revocation_note,) if consent.revocation_note else ()
        moments.append(Moment(consent.revoked_at, _("Révoquée par la personne"), "circle-slash", note))
    elif consent.state not in (ConsentState.DRAFT, ConsentState.ACTIVE):
        words = {
            ConsentState.EXPIRED: _("Échue"),
            ConsentState.REPLACED: _("Remplacée par une nouvelle autorisation"),
            ConsentState.ABANDONED: _("Abandonnée sans signature"),
        }
        moments.append(Moment(consent.updated_at, words[ConsentState(consent.state)], "circle-slash"))
    return moments[::-1]


def _narrowings(consent: Consent, programme: Programme) -> list[Moment]:
    """Each restriction: what was taken away from whom, told by the rows of the grid that were ended."""
    language = get_language() or "fr"
    rows: dict[UUID, list[Grant]] = {}
    for grant in sorted(consent.grants.all(), key=lambda one: one.id):
        rows.setdefault(grant.recipient_id, []).append(grant)
    final = max((g.ended_at for gs in rows.values() for g in gs if g.ended_at), default=None)
    taken: dict[datetime, list[str]] = {}
    for grants in rows.values():
        for grant, smaller in zip_longest(grants, grants[1:]):
            ended_with_all = consent.state != ConsentState.ACTIVE and grant.ended_at == final
            if grant.ended_at is None or (smaller is None and ended_with_all):
                continue
            gone = grant.categories & ~(smaller.categories if smaller else 0)
            words = {
                "institution": grant.recipient.short_name,
                "data": _labels(programme.categories_in(gone), language),
            }
            taken.setdefault(grant.ended_at, []).append(_("%(institution)s ne voit plus : %(data)s") % words)
    return [Moment(at, _("Restreinte par la personne"), "pencil", tuple(taken[at])) for at in sorted(taken)]


def _labels(categories: Iterable[Any], language: str) -> str:
    return ", ".join(category.label.in_(language) for category in categories)
