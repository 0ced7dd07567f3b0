"""Names for a whole country: as many, and as unequally frequent, as they are in life."""

from __future__ import annotations

from bisect import bisect
from itertools import accumulate
from random import Random

from accord.cli.world import names
from accord.people.persons.rules import name_key

FAMILIES = 20_000
GIVEN = 600
FLATTENING = 20
"""The most frequent family name is borne by one person in two hundred, as in Switzerland."""

BEGINNINGS = (
    "Am", "Bar", "Ber", "Blan", "Bon", "Bour", "Bru", "Cha", "Char", "Che", "Cor", "Cour", "Dar", "De", "Do",
    "Du", "Ei", "Fa", "Fel", "Flu", "Fon", "Fra", "Gai", "Ger", "Gro", "Gran", "Ha", "Hof", "Hu", "Im", "Ja",
    "Jor", "Ka", "Kel", "Kra", "La", "Lam", "Le", "Lu", "Ma", "Mar", "Mé", "Mon", "Mo", "Mül", "Na", "Ni",
    "Ober", "Pa", "Per", "Pi", "Pra", "Ra", "Rei", "Ro", "Ru", "Sa", "Sau", "Schna", "Schu", "Si", "Ste", "Ta",
    "Thé", "Tri", "Va", "Ver", "Vi", "Vua", "Wal", "We", "Wil", "Zu", "Zur",
)  # fmt: skip
MIDDLES = (
    "be", "bi", "che", "cha", "da", "de", "di", "do", "fe", "ga", "gi", "gne", "la", "le", "li", "lo", "ma",
    "mi", "na", "ne", "ni", "ra", "re", "ri", "ro", "se", "so", "ta", "te", "ti", "to", "va", "ve", "vi", "z",
)  # fmt: skip
ENDINGS = (
    "ber", "bert", "blet", "cher", "court", "det", "don", "dry", "gen", "ger", "lat", "let", "ler", "lier",
    "lin", "lon", "mann", "mat", "mond", "nard", "net", "nier", "noud", "pond", "quet", "rat", "ret", "rier",
    "rod", "son", "tan", "taz", "ten", "tin", "ton", "tter", "vaz", "vet", "vin", "xel", "yer", "zin",
)  # fmt: skip


class Vocabulary:
    """Family and given names, each with its key, drawn by their frequency."""

    def __init__(self, seed: int) -> None:
        random = Random(seed)  # noqa: S311 -- fictional people, not a secret
        known = [*names.FAMILY_FR, *names.FAMILY_OTHER, *names.FAMILY_DE]
        made = {
            random.choice(BEGINNINGS)
            + (random.choice(MIDDLES) if random.random() < 0.8 else "")
            + random.choice(ENDINGS): None
            for _ in range(2 * FAMILIES)
        }
        self._families = [*known, *made][:FAMILIES]
        alone = [*names.GIVEN_F, *names.GIVEN_M]
        double = {f"{random.choice(alone)}-{random.choice(alone)}": None for _ in range(2 * GIVEN)}
        self._given = [*alone, *double][:GIVEN]
        self._keys = {name: name_key(name) for name in (*self._families, *self._given)}
        self._family_weights = _weights(len(self._families))
        self._given_weights = _weights(len(self._given))

    def name(self, random: Random) -> tuple[str, str, str]:
        """Family name, given names, and the key under which both are compared."""
        family = self._families[_drawn(random, self._family_weights)]
        key = self._keys[family]
        if random.random() < 0.08:
            second = self._families[_drawn(random, self._family_weights)]
            family, key = f"{family}-{second}", f"{key} {self._keys[second]}"
        given = self._given[_drawn(random, self._given_weights)]
        return family, given, f"{key} {self._keys[given]}"


def _weights(number: int) -> list[float]:
    return list(accumulate((rank + FLATTENING) ** -0.9 for rank in range(1, number + 1)))


def _drawn(random: Random, cumulated: list[float]) -> int:
    return bisect(cumulated, random.random() * cumulated[-1])
