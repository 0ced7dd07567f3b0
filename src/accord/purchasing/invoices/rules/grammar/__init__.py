"""The shape of an invoice, in our own words: what stands where, in which order, and of what kind.

It stands beside the official schema, so that every fault has a sentence, with or without the schema installed.
"""

from accord.purchasing.invoices.rules.grammar.compiling import Grammar
from accord.purchasing.invoices.rules.grammar.request45 import REQUEST as _REQUEST_45
from accord.purchasing.invoices.rules.grammar.request50 import REQUEST as _REQUEST_50

GRAMMARS = {"4.5": Grammar.of(_REQUEST_45), "5.0": Grammar.of(_REQUEST_50)}

__all__ = ["GRAMMARS", "Grammar"]
