"""Screens of providers."""

from accord.purchasing.providers.views.guiding import guidance, publish
from accord.purchasing.providers.views.offering import (
    becoming,
    expectations,
    my_answer,
    my_offer,
    my_piece_removal,
    my_pieces,
    my_sending,
    opening,
    start,
)
from accord.purchasing.providers.views.pricing import answer_price, counter, price, tariffs
from accord.purchasing.providers.views.providing import admission, edit, home, invite, provider_list, show
from accord.purchasing.providers.views.quality import certificate, certificate_file, settle, visit
from accord.purchasing.providers.views.reviewing import (
    decision,
    offer_piece,
    offers,
    proposition,
    question,
    review,
)

__all__ = [
    "admission",
    "answer_price",
    "becoming",
    "certificate",
    "certificate_file",
    "counter",
    "decision",
    "edit",
    "expectations",
    "guidance",
    "home",
    "invite",
    "my_answer",
    "my_offer",
    "my_piece_removal",
    "my_pieces",
    "my_sending",
    "offer_piece",
    "offers",
    "opening",
    "price",
    "proposition",
    "provider_list",
    "publish",
    "question",
    "review",
    "settle",
    "show",
    "start",
    "tariffs",
    "visit",
]
