"""How the screens of a case answer: find it or 404, act or show the form again, lead back to the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.casework.cases.models import Case
from accord.casework.cases.selectors import case_for
from accord.kernel.decisions import Decision, Refused
from accord.kernel.http import AccordRequest
from accord.kernel.states import ForbiddenTransition

Act = Callable[[dict[str, Any]], object]


def case_or_404(request: AccordRequest, case_id: UUID) -> Case:
    """The case; what one may not know of looks like what does not exist."""
    try:
        return case_for(request.actor, case_id)
    except Case.DoesNotExist:
        raise Http404 from None


def demand(decision: Decision) -> None:
    """Show the policy's sentence (403) unless the answer is yes."""
    if not decision:
        raise PermissionDenied(decision.sentence)


def back_to(case_id: UUID, panel: str = "", anchor: str = "") -> str:
    """The address of the case page, at one of its panels."""
    query = f"?panneau={panel}" if panel else ""
    return f"{reverse('web:case', args=[case_id])}{query}{f'#{anchor}' if anchor else ''}"


def answer_form(
    request: AccordRequest,
    case: Case,
    form: forms.Form,
    act: Act,
    *,
    title: str,
    button: str,
    back: str,
    lead: str = "",
    done: str = "",
) -> HttpResponse:
    """Act when the form is right and lead back; otherwise show it with what was typed and why not."""
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.sentence)
        except ForbiddenTransition:
            form.add_error(None, _("Ce dossier a changé entre-temps ; regardez-le encore une fois."))
        else:
            if done:
                messages.success(request, done)
            return HttpResponseRedirect(back)
    context = {"case": case, "form": form, "title": title, "button": button, "back": back, "lead_text": lead}
    return render(request, "cases/form.html", context, status=422 if form.is_bound else 200)


def act_once(request: AccordRequest, act: Callable[[], object], *, back: str, done: str = "") -> HttpResponse:
    """Act at one click and lead back; a refusal is said on the page where one lands."""
    try:
        act()
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    except ForbiddenTransition:
        messages.error(request, _("Ceci a changé entre-temps ; regardez encore une fois."))
    else:
        if done:
            messages.success(request, done)
    return HttpResponseRedirect(back)
