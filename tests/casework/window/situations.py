"""A person of a running case in Geneva, her authorisation, and the letter that opens her window."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from accord.casework.window.models import Letter
from accord.kernel.actors import Actor
from casework.consents.situations import Geneva
from furnishing.window import letter_of

CODES = ("BCDF2346", "GHJK3467", "MPQR4678")
BORN = "17.05.1980"


@dataclass
class Window(Geneva):
    """Claire Favre, born on 17 May 1980, at her window."""

    letter: Letter = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.letter = letter_of(self.case, self.anne.institution, codes=CODES)

    @property
    def her(self) -> Actor:
        """As the services know her."""
        return Actor(window_case_id=self.case.pk, purpose="test")

    def types(self, client: Client, code: str = CODES[0], born: str = BORN, **changes: Any) -> Any:
        """She sends the sign-in page."""
        sent = {"number": self.letter.number, "code": code, "birth_date": born} | changes
        return client.post(reverse("window:sign-in"), sent)

    def comes_in(self, client: Client, code: str = CODES[0]) -> None:
        """She types everything right."""
        assert self.types(client, code).status_code == 302
