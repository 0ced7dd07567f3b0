"""Tell the desk and the provider; a message names nobody."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from accord.foundation.accounts.models import User
from accord.foundation.notifications.services import notify
from accord.kernel.clock import today
from accord.network.institutions.enums import Role
from accord.network.institutions.models import Membership
from accord.purchasing.invoices.enums import OPEN
from accord.purchasing.invoices.models import Invoice
from accord.purchasing.invoices.policies import PAYING_ROLES
from accord.purchasing.measures.policies import PROVIDING


def tell_desk(invoice: Invoice, kind: str) -> None:
    """Notify those who keep the invoice desk of the office."""
    _tell(invoice.office_id, PAYING_ROLES, kind, reverse("invoices:show", args=[invoice.pk]))


def tell_provider(invoice: Invoice, kind: str) -> None:
    """Notify those who send invoices for the provider, when we know who it is."""
    institution = invoice.provider.institution_id if invoice.provider else invoice.sender_id
    if institution is not None:
        _tell(institution, PROVIDING, kind, reverse("invoices:show", args=[invoice.pk]))


def warn_of_overdue() -> int:
    """Tell each office that invoices are past their day; returns how many offices."""
    late = Invoice.objects.filter(state__in=OPEN, due_on__lt=today())
    offices = list(late.order_by().values_list("office", flat=True).distinct())
    for office_id in offices:
        _tell(office_id, PAYING_ROLES, "invoice.overdue", f"{reverse('invoices:list')}?etat=retard")
    return len(offices)


def _tell(institution_id: UUID, roles: tuple[Role, ...], kind: str, path: str) -> None:
    holding = Membership.objects.filter(institution_id=institution_id, role__in=roles, until__isnull=True)
    users = User.objects.filter(pk__in=holding.values("user"), is_active=True)
    notify(users=users, institution_id=institution_id, kind=kind, params={}, path=path)
