"""Whether a few lines are in plain language: a hint, never a block.

Short sentences and everyday words, as the guides of Inclusion Europe (« Information for all ») and of the
Swiss easy-language bureaus ask; the numbers are ours, and are said beside the hint.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST_SENTENCE = 20
LONGEST_WORD = 14
MOST_LONG_WORDS = 0.08
SENTENCES = re.compile(r"[.!?…]+(?=\s|$)|\n+")
WORDS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
PLAIN = {
    "fr": {
        "algique": "douloureux",
        "anxiolytique": "médicament contre l’anxiété",
        "asthénie": "grande fatigue",
        "céphalées": "maux de tête",
        "cervicalgie": "douleur au cou",
        "chronique": "qui dure",
        "comorbidité": "autre maladie",
        "dyspnée": "manque d’air",
        "étiologie": "cause",
        "iatrogène": "dû à un traitement",
        "invalidant": "qui empêche de travailler",
        "lombalgie": "mal de dos",
        "nociceptif": "qui fait mal",
        "œdème": "enflure",
        "pathologie": "maladie",
        "pronostic": "évolution probable",
        "rachis": "colonne vertébrale",
        "somatique": "du corps",
        "symptomatologie": "signes de la maladie",
        "thymique": "de l’humeur",
    },
    "de": {
        "ätiologie": "Ursache",
        "anamnese": "Krankengeschichte",
        "arthrose": "abgenütztes Gelenk",
        "befund": "was der Arzt gefunden hat",
        "chronisch": "lang dauernd",
        "dyspnoe": "Atemnot",
        "indiziert": "angezeigt",
        "komorbidität": "weitere Krankheit",
        "lumbalgie": "Rückenschmerz",
        "ödem": "Schwellung",
        "pathologie": "Krankheit",
        "prognose": "wahrscheinlicher Verlauf",
        "remission": "Besserung",
        "rezidivierend": "wiederkehrend",
        "somatisch": "körperlich",
        "zephalgie": "Kopfschmerz",
    },
}


@dataclass(frozen=True, slots=True)
class Hint:
    """What would make a text easier: sentences that are long, words of the trade with plainer ones."""

    long_sentences: tuple[str, ...] = ()
    hard_words: tuple[tuple[str, str], ...] = ()
    has_many_long_words: bool = False

    @property
    def is_plain(self) -> bool:
        """Nothing to say."""
        return not (self.long_sentences or self.hard_words or self.has_many_long_words)


def readability(text: str, language: str) -> Hint:
    """What would make this text easier to read for somebody who knows no medicine."""
    sentences = [sentence.strip() for sentence in SENTENCES.split(text) if sentence.strip()]
    words = WORDS.findall(text)
    plainer = PLAIN.get(language, {})
    return Hint(
        long_sentences=tuple(one for one in sentences if len(WORDS.findall(one)) > LONGEST_SENTENCE),
        hard_words=tuple(
            (word, plain)
            for word, plain in plainer.items()
            if any(_is_form_of(found.casefold(), word) for found in words)
        ),
        has_many_long_words=bool(words)
        and sum(len(word) > LONGEST_WORD for word in words) / len(words) > MOST_LONG_WORDS,
    )


def _is_form_of(found: str, word: str) -> bool:
    """The word itself, or with an ending: lombalgies, chronischen."""
    return found.startswith(word) and len(found) <= len(word) + 2
