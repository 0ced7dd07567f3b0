"""Pure rules of the medical compartment."""
