"""Questions about providers."""

from accord.purchasing.providers.selectors.indicators import (
    Indicator,
    Share,
    findings_settled,
    indicators_of,
    keep_indicator,
)
from accord.purchasing.providers.selectors.offers import (
    guidance_of,
    guidance_versions,
    offer_for,
    offers_made,
    offers_page,
    office_by_slug,
    offices,
    what_is_missing,
)
from accord.purchasing.providers.selectors.providers import (
    ProviderShelf,
    certificates_ending,
    findings_open,
    provider_for,
    provider_of,
    providers_page,
    visits_of,
)
from accord.purchasing.providers.selectors.tariffs import (
    negotiations_of,
    position_on,
    positions_of,
    prices_of,
    proposal_for,
)

__all__ = [
    "Indicator",
    "ProviderShelf",
    "Share",
    "certificates_ending",
    "findings_open",
    "findings_settled",
    "guidance_of",
    "guidance_versions",
    "indicators_of",
    "keep_indicator",
    "negotiations_of",
    "offer_for",
    "offers_made",
    "offers_page",
    "office_by_slug",
    "offices",
    "position_on",
    "positions_of",
    "prices_of",
    "proposal_for",
    "provider_for",
    "provider_of",
    "providers_page",
    "visits_of",
    "what_is_missing",
]
