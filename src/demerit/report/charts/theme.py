"""Theme: colours that the colour-blind can tell apart, and the look of every chart.

Palette: M. Okabe and K. Ito, "Color universal design", 2008 (their black and yellow are not used:
black is for words, yellow cannot be read on white).
"""

from typing import Any

INK = "#1a1a1a"
QUIET = "#595959"
GRID = "#e4e4e4"
BLUE = "#0072B2"
SKY = "#56B4E9"
GREEN = "#009E73"
ORANGE = "#E69F00"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"
GREY = "#767676"

WORLD_COLOUR = {"law": GREY, "scheme": BLUE, "no_errors": GREEN}
WORLD_WORDS = {"law": "ordinary law", "scheme": "scheme", "no_errors": "without errors"}
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

# Text in a chart that must be as readable as the words round it: colours of at least 4.5 to 1
# against white.
TEXT_COLOUR = {SKY: "#1f6f9f", ORANGE: "#8a5f00", GREEN: "#00704f", VERMILION: "#b34f00",
               PURPLE: "#97437a", GREY: QUIET}  # fmt: skip

CONFIG: dict[str, Any] = {
    "aria": False,  # the panel round the drawing carries the words
    "background": "white",
    "font": FONT,
    "view": {"stroke": None},
    "text": {"font": FONT, "fontSize": 12, "fill": INK},
    "axis": {
        "labelFontSize": 12,
        "labelColor": QUIET,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titleColor": QUIET,
        "gridColor": GRID,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    },
    "axisX": {"grid": False, "domain": True, "domainColor": "#9a9a9a"},
    "axisY": {"minExtent": 30},
}


def text_colour(colour: str) -> str:
    """The colour in which words about a mark of this colour are set."""
    return TEXT_COLOUR.get(colour, colour)
