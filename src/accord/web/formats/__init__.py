"""How dates are typed, in each language: Swiss order first, then France, then ISO."""
