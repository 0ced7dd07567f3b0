"""One's own messages, how one wants to be told, and the mailbox of the demo."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accord.foundation.notifications import selectors
from accord.foundation.notifications.forms import MailWishes
from accord.foundation.notifications.policies import anyone, signed_in
from accord.foundation.notifications.services import choose_mails, mark_all_read, mark_read
from accord.kernel.http import AccordRequest, act_for, screen


@screen(signed_in, purpose="read messages", methods=("GET",))
def message_list(request: AccordRequest) -> HttpResponse:
    """All messages, or only the unread ones, the newest first."""
    page, found = selectors.messages_page(
        request.actor,
        only_unread=request.GET.get("show") == "unread",
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    choices = [("", _("Tous")), ("unread", _("Non lus"))]
    context = {
        "page": page,
        "found": found,
        "choices": choices,
        "undelivered": selectors.undelivered_mail(request.actor),
    }
    return render(request, "notifications/list.html", context)


@screen(signed_in, purpose="read messages", methods=("GET",))
def open_message(request: AccordRequest, notification_id: UUID) -> HttpResponse:
    """Go where the message leads, for the institution to which it was sent; it is then read."""
    message = selectors.message_of(request.actor, notification_id)
    if message is None:
        raise Http404
    mark_read(by=request.actor, notification_id=message.pk)
    act_for(request, message.institution_id)
    return HttpResponseRedirect(message.path)


@screen(signed_in, purpose="read messages", methods=("POST",))
def read_all(request: AccordRequest) -> HttpResponse:
    """Put all messages aside as read."""
    mark_all_read(by=request.actor)
    return redirect("notifications:list")


@screen(signed_in, purpose="choose mails")
def preferences(request: AccordRequest) -> HttpResponse:
    """Choose for each group of messages how soon a mail comes."""
    form = MailWishes(
        request.POST or None,
        wishes=selectors.mail_wishes(request.actor),
        hour=selectors.mail_hour(request.actor),
    )
    if request.method == "POST" and form.is_valid():
        wishes, hour = form.choices()
        choose_mails(by=request.actor, wishes=wishes, hour=hour)
        messages.success(request, _("Vos choix sont enregistrés."))
        return redirect("notifications:preferences")
    context = {"form": form, "undelivered": selectors.undelivered_mail(request.actor)}
    return render(request, "notifications/preferences.html", context)


@screen(anyone, purpose="demo mailbox", methods=("GET",), public=True)
def mailbox(request: AccordRequest) -> HttpResponse:
    """The mails that the demo would have sent; anywhere else there is no such page."""
    if settings.ACCORD_MODE not in ("demo", "test"):
        raise Http404
    return render(request, "notifications/mailbox.html", {"mails": selectors.mailbox()})
