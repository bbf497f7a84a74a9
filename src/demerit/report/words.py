"""Words: numbers as a newspaper prints them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from demerit.chance import told_apart

MINUS = "\N{MINUS SIGN}"
BASES = (100, 1_000, 10_000, 100_000, 1_000_000)
SLIGHT = 0.001  # on a scale whose largest number is 1 or more: next to nothing
SHARES = ("share", "rate")  # so many of so many; so many a person and month


def decimals(value: float, digits: int = 2) -> int:
    """Decimals that leave `value` with so many significant digits, at least none.

    >>> decimals(0.034), decimals(3.4), decimals(340.0)
    (3, 1, 0)
    """
    if value == 0 or not math.isfinite(value):
        return 0
    return max(0, digits - 1 - math.floor(math.log10(abs(value))))


def number(
    value: float | None, digits: int = 2, places: int | None = None, fixed: bool = False
) -> str:
    """A number with thousands separated, rounded to `digits` that count or to `places` decimals.

    Noughts at the end of the decimals go, unless `fixed` keeps them for a column of numbers.

    >>> number(1234567), number(-0.0342), number(12.0), number(None)
    ('1,234,567', '\N{MINUS SIGN}0.034', '12', 'not defined')
    >>> number(8.3, places=3), number(3.0, places=1, fixed=True)
    ('8.3', '3.0')
    """
    if value is None or not math.isfinite(value):
        return "not defined"
    places = decimals(value, digits) if places is None else places
    text = f"{abs(value):,.{places}f}"
    if "." in text and not fixed:
        text = text.rstrip("0").rstrip(".")
    return MINUS + text if value < 0 and text.strip("0.,") else text


def signed(value: float | None, digits: int = 2, places: int | None = None) -> str:
    """A number that always shows its sign.

    >>> signed(0.5), signed(0.0)
    ('+0.5', '0')
    """
    text = number(value, digits, places)
    return f"+{text}" if value and value > 0 and text.strip("0.,") else text


def people(count: float) -> str:
    """A head count in words that can be read aloud.

    >>> people(1_100_000), people(43_210), people(1), people(1_409_778_724)
    ('1.1 million', '43,210', '1', '1.41 billion')
    """
    for size, word in ((1e9, "billion"), (1e6, "million")):
        if count >= size:
            return f"{count / size:.3g} {word}"
    return number(count, places=0)


def plural(count: float, one: str, many: str | None = None) -> str:
    """

    >>> plural(1, "month"), plural(60, "month")
    ('1 month', '60 months')
    """
    return f"{people(count)} {one if count == 1 else many or one + 's'}"


def listed(items: Sequence[str], last: str = "and") -> str:
    """

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return f" {last} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def capital(text: str) -> str:
    """

    >>> capital("bribes are fewer")
    'Bribes are fewer'
    """
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class Scale:
    """How the numbers of one kind are printed together: what they are multiplied by, and called."""

    factor: float
    level: str  # follows a level: "%", " in 10,000"
    change: str  # follows an effect: " percentage points", " in 10,000"
    places: int

    def value(self, x: float | None, unit: bool = True) -> str:
        """A level, such as 3.4% [text]."""
        text = number(None if x is None else x * self.factor, places=self.places)
        if x is not None and text == number(100) and self.short_of_all(x):
            text = self.two(x)
        return text + self.level if unit and x is not None else text

    def effect(self, x: float | None, unit: bool = True) -> str:
        """A change, such as +0.4 percentage points [text]."""
        text = signed(None if x is None else x * self.factor, places=self.places)
        return text + self.change if unit and x is not None else text

    def brief(self, x: float | None, change: bool = False, unit: bool = True) -> str:
        """A level, or a change, in two digits that count [text].

        >>> scale("share", [0.011]).brief(0.000597), scale("share", [0.2]).brief(0.1, change=True)
        ('0.06%', '+10 percentage points')
        """
        if x is None:
            return number(None)
        return self.two(x, change) + (self.change if change else self.level) * unit

    def two(self, x: float, change: bool = False) -> str:
        """A number in two digits that count; what is next to nothing beside the numbers of this
        scale, or next to all, is said to be that: a newspaper prints neither 0.000019 nor 100% of
        what is not all.

        >>> share = scale("share", [0.84])
        >>> share.two(0.00000019), share.two(-0.00000019, change=True), share.two(0.0)
        ('under 0.001', 'about 0', '0')
        >>> share.two(0.9999), share.two(0.9964), share.two(1.0), share.two(0.842)
        ('over 99.9', '99.6', '100', '84')
        """
        shown = x * self.factor
        if 0 < abs(shown) < SLIGHT:
            return "about 0" if change else f"under {SLIGHT:g}"
        if not change and self.short_of_all(x):
            return "over 99.9" if shown > 99.9 else number(shown, places=1)
        return (signed if change else number)(shown, 2)

    def short_of_all(self, x: float) -> bool:
        """Is it a share of less than all that two digits would make all?"""
        return self.level == "%" and 0.995 <= x < 1 - 1e-9

    def span(self, low: float, high: float) -> str:
        """The size of a change whose sign is told in words, such as 0.3 to 0.5 points."""
        small, large = sorted((abs(low), abs(high)))
        return f"{self.ends(small, large, unit=False)}{self.change}"

    def ends(
        self, low: float, high: float, change: bool = False, unit: bool = True, brief: bool = False
    ) -> str:
        """An interval of a level, or of a change, its ends told apart whatever digits that takes;
        one number where they are one.

        >>> share = scale("share", [0.9, 1.0])
        >>> share.ends(0.9, 1.0), share.ends(0.99991, 1.0), share.ends(1.0, 1.0)
        ('90 to 100%', '99.99 to 100%', '100%')
        >>> share.ends(0.00124, 0.2, change=True, brief=True)
        '+0.12 to +20 percentage points'
        """

        def tell(x: float, more: int) -> str:
            shown, told = x * self.factor, signed if change else number
            if not brief:
                return told(shown, places=self.places + more)
            slight = not more and 0 < abs(shown) < SLIGHT
            return self.two(x, change) if slight else told(shown, 2 + more)

        text = " to ".join(told_apart(low, high, tell))
        return text + (self.change if change else self.level) * unit


def told(measure: Mapping[str, Any], low: float | None, high: float | None) -> tuple[str, str]:
    """The headline of a measure and an interval of it, in two digits that count; "" for none.

    >>> one = {"unit": "share", "headline": "with", "with": 0.0024}
    >>> told(one, 0.0006, 0.011), told(one, None, None)
    (('0.24%', '0.06 to 1.1%'), ('2.4 in 1,000', ''))
    """
    value, change = measure[measure["headline"]], measure["headline"] == "effect"
    numbers = scale(measure["unit"], [value, low, high])
    first = ("a change of " if change else "") + numbers.brief(value, change)
    if low is None or high is None:
        return first, ""
    return first, numbers.ends(low, high, change, brief=True)


def scale(unit: str, values: Iterable[float | None], fine: bool = False) -> Scale:
    """The scale on which these values read best; `fine` shows the smallest of them too.

    >>> scale("share", [0.00031, 0.00042]).value(0.00031)
    '3.1 in 10,000'
    >>> scale("share", [0.31, 0.4]).effect(-0.0214)
    '\N{MINUS SIGN}2.1 percentage points'
    >>> scale("rate", [0.0196]).value(0.0196)
    '19.6 per 1,000 people a month'
    >>> scale("months", [12.0]).value(12.0)
    '12 months'
    """
    real = [abs(v) for v in values if v is not None and math.isfinite(v)]
    top = max(real, default=0.0)
    real = [v for v in real if v]
    if unit not in SHARES:
        words = "" if unit in ("count", "number", "") else f" {unit}"
        return Scale(1, words, words, min(decimals(top, 3), 4))
    bases = BASES if unit == "share" else BASES[1:]
    base = next((b for b in bases if top * b >= 1), bases[-1]) if top else bases[0]
    places = min(decimals(top * base, 3 if top * base >= 10 else 2), 2)
    if fine and real:
        places = max(places, min(decimals(min(real) * base), places + 2, 4))
    if base == 100:
        return Scale(100, "%", " percentage points", places)
    if unit == "rate":
        words = f" per {base:,} people a month"
        return Scale(base, words, words, places)
    return Scale(base, f" in {base:,}", f" in {base:,}", places)
