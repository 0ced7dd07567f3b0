"""What a page saves while one types: an answer of one line, read aloud by a live region."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from accord.kernel.clock import now
from accord.kernel.http import AccordRequest


def page_key(request: AccordRequest) -> UUID | None:
    """The open page that saves."""
    try:
        return UUID(request.POST.get("submission", ""))
    except ValueError:
        return None


def is_by_itself(request: AccordRequest) -> bool:
    """Whether the page saves by itself, while one types."""
    return "by_itself" in request.POST


def kept(
    request: AccordRequest,
    *,
    wrong: forms.Form | None = None,
    is_stale: bool = False,
    refused: str = "",
    version: int = 0,
    warning: str = "",
) -> HttpResponse:
    """Saved, or why not."""
    context = {
        "at": now(),
        "wrong": [field.label for field in wrong if field.errors] if wrong else [],
        "is_stale": is_stale,
        "refused": refused,
        "version": version,
        "warning": warning,
    }
    return render(request, "medical/kept.html", context)
