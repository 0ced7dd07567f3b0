"""Open the person's window with a letter, and see which letters there are."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from accord.casework.cases.services import read_case
from accord.casework.cases.views.answering import act_once, back_to, case_or_404, demand
from accord.casework.window.forms import LetterForm
from accord.casework.window.models import Letter
from accord.casework.window.policies import can_issue_letter
from accord.casework.window.selectors import letter_for, letters_of
from accord.casework.window.services import issue_letter, revoke_letter
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import works_on_cases


@screen(works_on_cases, purpose="issue a code letter")
def letters(request: AccordRequest, case_id: UUID) -> HttpResponse:
    """The letters of a case, and a new one: its PDF is shown once, as the answer to the form."""
    case = case_or_404(request, case_id)
    form = LetterForm(request.POST or None)
    if request.method == "POST":
        demand(can_issue_letter(request.actor, case))
        if form.is_valid():
            try:
                letter, pdf = issue_letter(
                    by=request.actor, case_id=case.pk, addressee=form.cleaned_data["addressee"]
                )
            except Refused as refused:
                form.add_error(refused.field, refused.sentence)
            else:
                return _once(letter, pdf)
    read_case(by=request.actor, case=case, what="code letter")
    context = {
        "case": case,
        "form": form,
        "lines": letters_of(request.actor, case),
        "may_issue": can_issue_letter(request.actor, case),
        "back": back_to(case.pk, "institutions"),
    }
    return render(request, "window/letters.html", context, status=422 if form.is_bound else 200)


def _once(letter: Letter, pdf: bytes) -> HttpResponse:
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="lettre-{letter.number}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@screen(works_on_cases, purpose="issue a code letter", methods=("POST",))
def letter_revocation(request: AccordRequest, letter_id: UUID) -> HttpResponse:
    """End a letter, and with it whoever came in by it."""
    try:
        letter = letter_for(request.actor, letter_id)
    except Letter.DoesNotExist:
        raise Http404 from None
    return act_once(
        request,
        lambda: revoke_letter(by=request.actor, letter_id=letter.pk),
        back=back_to(letter.case_id, "institutions"),
        done=_("La lettre est révoquée. Ses codes n’ouvrent plus rien."),
    )
