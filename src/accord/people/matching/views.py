"""Screens about twins: the list of pairs, comparing and merging, merges with their undo, the common follow-up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases
from accord.people.matching.enums import Verdict
from accord.people.matching.forms import MergeForm, Row, label_of, versions_of, words_of
from accord.people.matching.models import Merge
from accord.people.matching.panels import why
from accord.people.matching.policies import can_undo
from accord.people.matching.rules import PARTICULARS, Difference, Likeness, differences
from accord.people.matching.selectors import (
    likeness_of,
    merge_for,
    merges_for,
    own_two,
    pair_of,
    pairs_for,
    pairs_told_apart,
    reasons_of,
)
from accord.people.matching.services import (
    Answer,
    ask_who_follows,
    doubt_again,
    look_for_twins,
    merge_persons,
    tell_apart,
    undo_merge,
)
from accord.people.matching.services.merging import corrected_since, particulars_of
from accord.people.persons.models import Person
from accord.people.persons.selectors import files_of
from accord.people.persons.services import read_list, read_person

ANSWER = "follow-up"
"""Where the answer waits in the session until it is shown."""
STATUS = {Verdict.REFUSED: 429, Verdict.UNFOLLOWED: 422}


@screen(works_on_cases, purpose="likely twins", methods=("GET",))
def pairs(request: AccordRequest) -> HttpResponse:
    """The institution's likely duplicates, the likeliest first, each with its reasons."""
    waiting, apart = pairs_for(request.actor), pairs_told_apart(request.actor)
    shown = {person.pk: person for pair in (*waiting, *apart) for person in (pair.first, pair.second)}
    read_list(by=request.actor, persons=list(shown.values()), what="possible twins")
    told = [(pair, why(Likeness(pair.score, tuple(reasons_of(pair))))) for pair in waiting]
    return render(request, "matching/pairs.html", {"pairs": told, "apart": apart})


@screen(works_on_cases, purpose="look for twins", methods=("GET",))
def person_page(request: AccordRequest, person_id: UUID) -> HttpResponse:
    """Perhaps the same person; and the question whether somebody else follows her."""
    told = request.session.pop(ANSWER, None)
    if told is None or told["person"] != str(person_id):
        return _person_page(request, person_id)
    return _person_page(request, person_id, Answer(Verdict(told["verdict"]), tuple(told["circles"])))


@screen(works_on_cases, purpose="ask who else follows", methods=("POST",))
def ask(request: AccordRequest, person_id: UUID) -> HttpResponse:
    """Ask whether somebody else follows her: one sentence is the answer, shown once."""
    try:
        answer = ask_who_follows(by=request.actor, person_id=person_id)
    except Person.DoesNotExist as unknown:
        raise Http404 from unknown
    if answer.verdict in STATUS:
        return _person_page(request, person_id, answer, status=STATUS[answer.verdict])
    request.session[ANSWER] = {
        "person": str(person_id),
        "verdict": str(answer.verdict),
        "circles": list(answer.circles),
    }
    return HttpResponseRedirect(reverse("matching:person", args=[person_id]))


def _person_page(
    request: AccordRequest, person_id: UUID, answer: Answer | None = None, status: int = 200
) -> HttpResponse:
    try:
        person = read_person(by=request.actor, person_id=person_id)
    except Person.DoesNotExist as unknown:
        raise Http404 from unknown
    twins = look_for_twins(by=request.actor, person_id=person_id)
    files = files_of(request.actor, person)
    context = {
        "person": person,
        "answer": answer,
        "twins": [(twin.person, why(twin.likeness)) for twin in twins],
        "has_open_file": any(file.closed_on is None for file in files),
        "announce_url": f"{reverse('referrals:start')}?person={person.pk}",
    }
    return render(request, "matching/person.html", context, status=status)


@screen(works_on_cases, purpose="compare two persons")
def compare_two(request: AccordRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Two registrations side by side; the first is kept. What contradicts is decided, then they are merged."""
    kept, gone = _two_or_404(request, person_id, other_id)
    found = [
        Row(difference, label_of(difference.fields), *_both(kept, gone, difference))
        for difference in differences(particulars_of(kept), particulars_of(gone))
    ]
    contradictions = [row for row in found if row.difference.is_contradiction]
    versions = versions_of(kept, gone)
    form = MergeForm(
        request.POST if request.method == "POST" else None,
        contradictions=contradictions,
        initial={"read": versions},
    )
    if form.is_valid():
        try:
            merge_persons(
                by=request.actor,
                kept_id=kept.pk,
                gone_id=gone.pk,
                decided=form.decided(),
                reason=form.cleaned_data["reason"],
                read=form.versions(),
            )
        except Stale:
            form = MergeForm({**request.POST.dict(), "read": versions}, contradictions=contradictions)
            form.add_error(None, _("Un collègue vient de corriger l’une des deux : relisez avant de réunir."))
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        else:
            messages.success(request, _("Les deux personnes sont réunies. Cela peut être annulé."))
            return HttpResponseRedirect(reverse("persons:show", args=[kept.pk]))
    elif request.method == "GET":
        read_list(by=request.actor, persons=[kept, gone], what="possible twins")
    context = {
        "kept": kept,
        "gone": gone,
        "form": form,
        "why": why(likeness_of(kept, gone)),
        "pair": pair_of(request.actor, kept.pk, gone.pk),
        "same": _same(kept, [row.difference for row in found]),
        "filled": [row for row in found if not row.difference.is_contradiction],
    }
    return render(request, "matching/compare.html", context, status=422 if form.errors else 200)


def _both(kept: Person, gone: Person, difference: Difference) -> tuple[str, str]:
    return words_of(kept, difference.fields), words_of(gone, difference.fields)


def _same(kept: Person, found: list[Difference]) -> list[tuple[str, str]]:
    """What both say alike, as far as they say something."""
    differing = {difference.fields for difference in found}
    told = [
        (label_of(fields), words_of(kept, fields))
        for fields in PARTICULARS
        if fields not in differing and fields != ("needs_interpreter",)
    ]
    return [(label, word) for label, word in told if word != "–"]


@screen(works_on_cases, purpose="tell two persons apart", methods=("POST",))
def apart(request: AccordRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """These are two persons."""
    _two_or_404(request, person_id, other_id)
    tell_apart(by=request.actor, one=person_id, other=other_id)
    messages.success(request, _("C’est noté : ce sont deux personnes."))
    return HttpResponseRedirect(reverse("matching:pairs"))


@screen(works_on_cases, purpose="tell two persons apart", methods=("POST",))
def again(request: AccordRequest, person_id: UUID, other_id: UUID) -> HttpResponse:
    """Perhaps they are one after all."""
    _two_or_404(request, person_id, other_id)
    doubt_again(by=request.actor, one=person_id, other=other_id)
    messages.success(request, _("La paire est de nouveau à examiner."))
    return HttpResponseRedirect(reverse("matching:compare", args=[person_id, other_id]))


@screen(works_on_cases, purpose="list of merges", methods=("GET",))
def merges(request: AccordRequest) -> HttpResponse:
    """The merges of the institution, the last first, with the way back."""
    page = merges_for(request.actor, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    read_list(by=request.actor, persons=[merge.kept for merge in page.rows], what="person list")
    return render(request, "matching/merges.html", {"merges": page.rows, "page": page})


@screen(works_on_cases, purpose="undo a merge")
def undo(request: AccordRequest, merge_id: UUID) -> HttpResponse:
    """What will come back and what will stay; then make two of one again."""
    try:
        merge = merge_for(request.actor, merge_id)
    except Merge.DoesNotExist as unknown:
        raise Http404 from unknown
    refusal = can_undo(request.actor, merge).sentence
    if request.method == "POST":
        try:
            undo_merge(by=request.actor, merge_id=merge_id)
        except Refused as refused:
            refusal = refused.sentence
        else:
            messages.success(request, _("La réunion est annulée : les deux personnes sont de nouveau là."))
            return HttpResponseRedirect(reverse("matching:merges"))
    else:
        read_list(by=request.actor, persons=[merge.kept], what="person list")
    context = {
        "merge": merge,
        "refusal": refusal,
        "moved": {label: len(keys) for label, keys in merge.moved.items()},
        "corrected": ", ".join(label_of((name,)) for name in corrected_since(merge)),
    }
    return render(request, "matching/undo.html", context, status=422 if request.method == "POST" else 200)


def _two_or_404(request: AccordRequest, one: UUID, other: UUID) -> tuple[Person, Person]:
    try:
        return own_two(request.actor, one, other)
    except Person.DoesNotExist as unknown:
        raise Http404 from unknown
