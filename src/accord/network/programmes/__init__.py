"""A programme (dispositif) as data: its circle, form, stages, clocks, laws and words."""
