"""The directory of the network, and the page of each institution."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accord.kernel.decisions import Refused, Stale
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions import selectors
from accord.network.institutions.enums import Kind
from accord.network.institutions.forms import AppointmentForm, InstitutionForm
from accord.network.institutions.models import Institution, Membership
from accord.network.institutions.policies import administers, can_change, member
from accord.network.institutions.services import appoint, change_institution, end_membership


@screen(member, purpose="find an institution", methods=("GET",))
def directory(request: AccordRequest) -> HttpResponse:
    """Who there is in the network, by kind and territory."""
    kind, territory = request.GET.get("kind", ""), request.GET.get("territory", "")
    found = selectors.directory(
        request.actor,
        kind=kind if kind in Kind.values else "",
        territory=territory,
        text=request.GET.get("q", "").strip()[:100],
    )
    territories = [(place.code, place.name) for place in selectors.territories(request.actor)]
    context = {
        "found": found,
        "kinds": [("", _("Toutes")), *Kind.choices],
        "territories": [("", _("Tous")), *territories],
    }
    return render(request, "institutions/list.html", context)


@screen(member, purpose="find an institution", methods=("GET",))
def show(request: AccordRequest, slug: str) -> HttpResponse:
    """One institution: sites, territory, switches; who works there when it is one's own."""
    institution = _institution(request, slug)
    context = {
        "institution": institution,
        "is_mine": institution.pk == request.actor.institution_id,
        "members": selectors.members_of(request.actor, institution),
        "may_change": can_change(request.actor, institution),
    }
    return render(request, "institutions/show.html", context)


@screen(administers, purpose="administer the institution")
def edit(request: AccordRequest, slug: str) -> HttpResponse:
    """Change the page and the legal switches; when somebody saved in between, both versions are shown."""
    institution = _own(request, slug)
    name = institution.name
    form = InstitutionForm(request.POST or None, instance=institution)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            change_institution(
                by=request.actor,
                institution_id=institution.pk,
                version=values.pop("version"),
                values=values,
            )
        except Stale as stale:
            context = form.conflict_with(stale.current)
            context |= {"action": request.path, "back": reverse("institutions:show", args=[slug])}
            return render(request, "web/conflict.html", context, status=409)
        messages.success(request, _("Les réglages de l’institution sont enregistrés."))
        return redirect("institutions:show", slug)
    return render(request, "institutions/edit.html", {"form": form, "name": name, "slug": slug})


@screen(administers, purpose="administer the institution")
def add_member(request: AccordRequest, slug: str) -> HttpResponse:
    """Give somebody a role in one's institution."""
    institution = _own(request, slug)
    form = AppointmentForm(request.POST or None, institution=institution)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            membership = appoint(
                by=request.actor,
                institution_id=institution.pk,
                email=typed["email"],
                first_name=typed["first_name"],
                last_name=typed["last_name"],
                role=typed["role"],
                site_id=UUID(typed["site"]) if typed["site"] else None,
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(
                request,
                _("%(name)s travaille désormais pour votre institution comme « %(role)s ».")
                % {"name": membership.user.name, "role": membership.get_role_display()},
            )
            return redirect("institutions:show", slug)
    return render(request, "institutions/appointment.html", {"form": form, "institution": institution})


@screen(administers, purpose="administer the institution", methods=("POST",))
def remove_member(request: AccordRequest, slug: str, membership_id: UUID) -> HttpResponse:
    """End a role; from now on it opens nothing any more."""
    _own(request, slug)
    try:
        ended = end_membership(by=request.actor, membership_id=membership_id)
    except Membership.DoesNotExist as error:
        raise Http404 from error
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(
            request,
            _("%(name)s n’a plus le rôle « %(role)s ».")
            % {"name": ended.user.name, "role": ended.get_role_display()},
        )
    return redirect("institutions:show", slug)


def _institution(request: AccordRequest, slug: str) -> Institution:
    found = selectors.institution_page(request.actor, slug)
    if found is None:
        raise Http404
    return found


def _own(request: AccordRequest, slug: str) -> Institution:
    institution = _institution(request, slug)
    decision = can_change(request.actor, institution)
    if not decision:
        raise PermissionDenied(decision.sentence)
    return institution
