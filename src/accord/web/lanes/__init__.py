"""The picture of a case: along time, one lane per institution. Pure geometry; colours are the style sheet's."""

from accord.web.lanes.drawing import draw
from accord.web.lanes.shapes import Frame, Picture
from accord.web.lanes.spans import MOST_TICKS, extent, gaps_in, ticks_between
from accord.web.lanes.story import Crossing, Lane, Line, Moment, Period, Story, lines_of

__all__ = [
    "MOST_TICKS",
    "Crossing",
    "Frame",
    "Lane",
    "Line",
    "Moment",
    "Period",
    "Picture",
    "Story",
    "draw",
    "extent",
    "gaps_in",
    "lines_of",
    "ticks_between",
]
