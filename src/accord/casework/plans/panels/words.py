"""What a plan says, in the reader's language: kinds, findings, what changed between versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from accord.casework.plans.enums import Difference, FindingKind
from accord.casework.plans.models import Goal, Measure
from accord.casework.plans.rules import Change
from accord.casework.plans.selectors import Judged, Sheet
from accord.network.programmes.rules import Programme


def _day(value: date | None) -> str:
    return f"{value:%d.%m.%Y}" if value else _("sans date")


def sentence_of(found: Judged) -> str:
    """Who, what and when: the one sentence that says what competes."""
    finding = found.finding
    named = [_named(measure) for measure in found.measures]
    words = {
        "one": named[0] if named else "",
        "other": named[1] if len(named) > 1 else "",
        "since": _day(finding.since),
        "until": _day(finding.until),
    }
    if finding.kind == FindingKind.OVERLAP:
        sentence = (
            _("%(one)s et %(other)s prennent les mêmes journées du %(since)s au %(until)s.")
            if finding.until
            else _("%(one)s et %(other)s prennent les mêmes journées dès le %(since)s.")
        )
        return sentence % words
    if finding.kind == FindingKind.CONTRADICTION:
        one, other = (goal.text for goal in found.goals)
        return _("« %(one)s » et « %(other)s » ne se poursuivent pas ensemble.") % {
            "one": one,
            "other": other,
        }
    if finding.kind == FindingKind.EMPLOYER:
        return _("%(employer)s est approché par %(institutions)s, sans accord entre elles.") % _employer(
            found
        )
    if finding.kind == FindingKind.CARE:
        return _("%(all)s suivent la personne pour le même objectif, ensemble dès le %(since)s.") % {
            "all": ", ".join(named),
            "since": words["since"],
        }
    return _("Du %(since)s au %(until)s, aucune mesure n’est prévue.") % words


def _named(measure: Measure) -> str:
    return _("« %(title)s » (%(institution)s)") % {
        "title": measure.title,
        "institution": measure.owner.short_name,
    }


def _employer(found: Judged) -> dict[str, str]:
    names = {row.owner.short_name for row in (*found.measures, *found.contacts)}
    employers = [str(row.employer) for row in found.contacts]
    employers += [str(row.employer) for row in found.measures]
    return {"employer": employers[0], "institutions": ", ".join(sorted(names))}


def way_out_of(kind: str) -> str:
    """How such a finding is resolved."""
    ways = {
        FindingKind.OVERLAP: _("Déplacez l’une des deux, ou retirez-la."),
        FindingKind.CONTRADICTION: _("Convenez d’un seul des deux objectifs avec la personne."),
        FindingKind.EMPLOYER: _("Convenez de qui parle à l’employeur ; l’autre abandonne son contact."),
        FindingKind.CARE: _("Convenez d’un seul suivi pour cet objectif."),
        FindingKind.GAP: _("Prévoyez une mesure pour cette période, ou avancez l’échéance de l’objectif."),
    }
    return ways[FindingKind(kind)]


@dataclass(frozen=True, slots=True)
class Shown:
    """One change between two versions as it is read."""

    what: str
    word: str
    title: str
    owner: str
    fields: tuple[tuple[str, str, str], ...]


class Words:
    """The names of what a plan refers to by keys."""

    def __init__(self, sheet: Sheet, programme: Programme, language: str) -> None:
        self.programme, self.language = programme, language
        self.names: dict[str, str] = {}
        self.rows: dict[UUID, Goal | Measure] = {}
        rows: list[Goal | Measure] = [*sheet.goals, *sheet.measures]
        for row in rows:
            self.names[str(row.owner_id)] = row.owner.name
            self.rows[row.origin] = row
        for goal in sheet.goals:
            self.names[str(goal.origin)] = goal.text
        for measure in sheet.measures:
            for named in (measure.colleague, measure.cost_bearer, measure.employer):
                if named is not None:
                    self.names[str(named.pk)] = getattr(named, "name", str(named))

    def goal_kind(self, key: str) -> str:
        """The goal of the programme; its key where this version does not know it, nothing without one."""
        known = self.programme.goal(key)
        return known.label.in_(self.language) if known else key

    def measure_kind(self, key: str) -> str:
        """The kind of measure, with its article; its key where this version does not know it."""
        known = self.programme.measure_kind(key)
        if known is None:
            return key
        label = known.label.in_(self.language)
        return f"{label} ({known.article})" if known.article else label

    def title_of(self, origin: UUID) -> str:
        """What a goal or a measure is called."""
        row = self.rows.get(origin)
        return "" if row is None else row.text if isinstance(row, Goal) else row.title

    def owner_of(self, origin: UUID) -> str:
        """Whose it is."""
        row = self.rows.get(origin)
        return row.owner.short_name if row else ""

    def changes(self, changes: Iterable[Change]) -> list[Shown]:
        """Changes between two versions, field by field."""
        return [
            Shown(
                change.what,
                str(Difference(change.what).label),
                self.title_of(change.origin),
                self.owner_of(change.origin),
                tuple(self._field(change.kind, *field) for field in change.fields if any(field[1:])),
            )
            for change in changes
        ]

    def read_since(self, changes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        """What changed since somebody read the plan: (what happened, what it is called)."""
        return [
            (str(Difference(what).label), self.title_of(UUID(origin)) or _("un objectif ou une mesure"))
            for what, origin in changes
        ]

    def _field(self, kind: str, name: str, before: str, after: str) -> tuple[str, str, str]:
        return str(_labels()[name]), self._value(kind, name, before), self._value(kind, name, after)

    def _value(self, kind: str, name: str, value: str) -> str:
        if not value:
            return _("à régler plus tard") if name == "cost_bearer" else "–"
        if name == "key":
            return self.goal_kind(value)
        if name == "kind":
            return self.measure_kind(value)
        if name in ("target_on", "since", "until"):
            return _day(date.fromisoformat(value))
        if name == "intensity":
            return _("%(value)s %%") % {"value": value}
        return self.names.get(value, value)


def _labels() -> Mapping[str, str]:
    return {
        "owner": _("Institution"),
        "key": _("Sorte d’objectif"),
        "text": _("Objectif"),
        "target_on": _("À atteindre jusqu’au"),
        "title": _("Mesure"),
        "kind": _("Sorte de mesure"),
        "goal": _("Pour l’objectif"),
        "colleague": _("Qui s’en occupe"),
        "since": _("Dès le"),
        "until": _("Jusqu’au"),
        "intensity": _("Taux"),
        "cost_bearer": _("Qui paie"),
        "employer": _("Employeur"),
    }
