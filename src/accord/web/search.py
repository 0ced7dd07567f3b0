"""Search: one field for a name, an AVS number, a case number, or the number of one's own file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language

from accord.casework.cases.enums import Basis
from accord.casework.cases.models import Case
from accord.casework.cases.policies import cases_visible_to, current_disclosures, persons_visible_to
from accord.foundation.journal.services import record
from accord.kernel.actors import Actor
from accord.kernel.http import AccordRequest, keep_typed, screen, typed_in
from accord.network.institutions.policies import works_on_cases
from accord.network.programmes.selectors import programme_for
from accord.people.persons.models import InstitutionFile, Person
from accord.people.persons.policies import files_visible_to
from accord.people.persons.selectors import MOST_FOUND, search_persons

MOST_CASES = 200


@dataclass(slots=True)
class Finding:
    """One person whom one may know with her cases, or a case whose person one may not know."""

    person: Person | None
    cases: list[Case] = field(default_factory=list)


@screen(works_on_cases, purpose="search")
def search(request: AccordRequest) -> HttpResponse:
    """Find persons and cases, only those that one may know; what was shown is journalled."""
    if request.method == "POST":
        keep_typed(request, "search")
        return HttpResponseRedirect(reverse("web:search"))
    typed = typed_in(request, "search")
    findings = find_person(request.actor, request.GET.get("person", "")) or find(request.actor, typed)
    cases = [case for finding in findings for case in finding.cases]
    persons = [finding.person for finding in findings if finding.person]
    if findings:
        record(
            by=request.actor,
            verb="read",
            is_read=True,
            subject_kind="search",
            cases=[case.pk for case in cases],
            data={"persons": [str(person.pk) for person in persons]},
        )
    context = {
        "typed": typed,
        "findings": [
            {"person": finding.person, "cases": [(case, stage_of(case)) for case in finding.cases]}
            for finding in findings
        ],
        "is_full": len(persons) >= MOST_FOUND,
        "most": MOST_FOUND,
    }
    return render(request, "web/search.html", context)


def find(actor: Actor, typed: str) -> list[Finding]:
    """What the typed text means: an AVS number, another number, or a name in any order and spelling."""
    digits = re.sub(r"[\s.\u00a0\u202f-]", "", typed)
    if re.fullmatch(r"[0-9]{13}", digits):
        return with_cases(actor, search_persons(actor, digits))
    if re.search(r"[0-9]", typed):
        return find_number(actor, typed)
    return with_cases(actor, search_persons(actor, typed))


def find_number(actor: Actor, typed: str) -> list[Finding]:
    """The case of this number; else the persons of whom one's own institution keeps a file so numbered."""
    if "\x00" in typed:
        return []
    case = Case.objects.filter(cases_visible_to(actor), number=typed.upper()).select_related("lead").first()
    if case:
        person = Person.objects.filter(persons_visible_to(actor), pk=case.person_id).first()
        return [Finding(person, [case])]
    files = InstitutionFile.objects.filter(files_visible_to(actor), number=typed)[:MOST_FOUND]
    holders = Person.objects.filter(persons_visible_to(actor), pk__in=[file.person_id for file in files])
    return with_cases(actor, holders) if files else []


def find_person(actor: Actor, key: str) -> list[Finding]:
    """A person by her key, as when a possible twin is looked at."""
    try:
        wanted = UUID(key)
    except ValueError:
        return []
    standing = Person.objects.filter(persons_visible_to(actor), merged_into__isnull=True)
    return with_cases(actor, standing.filter(pk=wanted))


def with_cases(actor: Actor, persons: Iterable[Person]) -> list[Finding]:
    """The persons, each with the cases that the actor knows of, the last changed first; one query."""
    findings = {person.pk: Finding(person) for person in persons}
    if not findings:
        return []
    told = (
        current_disclosures(actor)
        .filter(basis=Basis.PARTY, person_id__in=list(findings))
        .select_related("case__lead")
        .order_by("-case_updated_at")
    )
    for disclosure in told[:MOST_CASES]:
        findings[disclosure.person_id].cases.append(disclosure.case)
    return list(findings.values())


def stage_of(case: Case) -> str:
    """The stage of a case in the reader's language; empty before its first."""
    programme = programme_for(case.programme, case.programme_version)
    language = get_language() or "fr"
    return next((known.label.in_(language) for known in programme.stages if known.key == case.stage), "")
