"""The rooms of one’s institution."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accord.casework.meetings.forms import RoomForm
from accord.casework.meetings.models import Room
from accord.casework.meetings.selectors import room_for, rooms_of, sites_of
from accord.casework.meetings.services import keep_room
from accord.casework.meetings.views.finding import found_or_404
from accord.kernel.decisions import Refused
from accord.kernel.http import AccordRequest, screen
from accord.network.institutions.policies import administers


@screen(administers, purpose="administer rooms", methods=("GET",))
def room_list(request: AccordRequest) -> HttpResponse:
    """All rooms, those out of use as well."""
    context = {"rooms": rooms_of(request.actor), "has_sites": bool(sites_of(request.actor))}
    return render(request, "meetings/rooms.html", context)


@screen(administers, purpose="administer rooms")
def room_new(request: AccordRequest) -> HttpResponse:
    """Write down a room."""
    return _keep(request, None, {})


@screen(administers, purpose="administer rooms")
def room_edit(request: AccordRequest, room_id: UUID) -> HttpResponse:
    """Change a room, or take it out of use."""
    room = found_or_404(request, room_for, room_id)
    initial = {"site": room.site_id, "name": room.name, "seats": room.seats, "is_active": room.is_active}
    return _keep(request, room, initial)


def _keep(request: AccordRequest, room: Room | None, initial: dict[str, Any]) -> HttpResponse:
    form = RoomForm(request.POST or None, sites=sites_of(request.actor), initial=initial)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            keep_room(
                by=request.actor,
                room_id=room.pk if room else None,
                site_id=typed["site"],
                name=typed["name"],
                seats=typed["seats"],
                is_active=typed["is_active"],
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("La salle est enregistrée."))
            return redirect("meetings:rooms")
    context = {"form": form, "room": room}
    return render(request, "meetings/room.html", context, status=422 if form.is_bound else 200)
