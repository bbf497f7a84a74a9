"""Place: on which line of a TOML file a thing stands.

text of a file  ->  {path of keys: line}

`tomllib` tells no lines, and a fault is mended sooner if its line is told.  Only files that
`tomllib` has read come here, so that this need not know what TOML forbids.
"""

import re
from dataclasses import dataclass, field

BARE, BASIC, LITERAL = r"[A-Za-z0-9_-]+", r'"(?:[^"\\]|\\.)*"', r"'[^']*'"
KEY = re.compile(f"{BARE}|{BASIC}|{LITERAL}")
KEYS = rf"(?:{KEY.pattern})(?:\s*\.\s*(?:{KEY.pattern}))*"
TABLE = re.compile(rf"\s*\[\s*({KEYS})\s*\]")
ROW = re.compile(rf"\s*\[\[\s*({KEYS})\s*\]\]")
ENTRY = re.compile(rf"\s*({KEYS})\s*=")
# What moves the end of a value to another line: strings of several lines, arrays.
MARKS = re.compile(rf"'''|\"\"\"|{BASIC}|{LITERAL}|#.*|[\[\]{{}}]")

Path = tuple[str, ...]


def split(keys: str) -> Path:
    """The keys of a dotted key.

    >>> split('tier . "a.b".doors')
    ('tier', 'a.b', 'doors')
    """
    return tuple(key.strip("\"'") if key[0] in "\"'" else key for key in KEY.findall(keys))


@dataclass
class Places:
    """The lines of a file's tables and keys; rows of an array by number, or by their `key`."""

    lines: dict[Path, int] = field(default_factory=dict)
    rows: dict[Path, int] = field(default_factory=dict)  # of an array: how many so far
    names: dict[Path, str] = field(default_factory=dict)  # array and `key`: number of the row

    def put(self, path: Path, line: int) -> None:
        """A path first seen on this line; so are the tables that hold it, if not seen before."""
        for end in range(1, len(path) + 1):
            self.lines.setdefault(path[:end], line)

    def inside(self, keys: Path) -> Path:
        """A path of keys, each array in it followed by its latest row."""
        path: Path = ()
        for k, key in enumerate(keys):
            path += (key,)
            if path in self.rows and k < len(keys) - 1:
                path += (str(self.rows[path] - 1),)
        return path

    def line(self, where: str) -> int | None:
        """The line of the nearest thing that has one, for a place as `tier.D.doors.job`."""
        path: Path = ()
        for part in where.split("."):
            part = self.names.get((*path, part), part)  # noqa: PLW2901 (a row by its key)
            if (*path, part) not in self.lines:
                break
            path += (part,)
        return self.lines.get(path)


def places(text: str) -> Places:
    """Where everything stands in the text of a TOML file.

    >>> found = places('a = 1\\n[[tier]]\\nkey = "D"\\n[tier.doors]\\njob = { value = 0 }\\n')
    >>> [found.line(w) for w in ("a", "tier.0", "tier.D.doors.job.value", "tier.D.floor", "b")]
    [1, 2, 5, 2, None]
    """
    found, depth, quote = Places(), 0, ""
    table: Path = ()
    for number, line in enumerate(text.split("\n"), 1):
        rest = line
        if not depth and not quote:
            if row := ROW.match(line):
                array = found.inside(split(row[1]))
                found.rows[array] = found.rows.get(array, 0) + 1
                table = (*array, str(found.rows[array] - 1))
                found.put(table, number)
                continue
            if head := TABLE.match(line):
                table = found.inside(split(head[1]))
                found.put(table, number)
                continue
            if not (entry := ENTRY.match(line)):
                continue
            path = (*table, *split(entry[1]))
            found.put(path, number)
            rest = line[entry.end() :]
            name_row(found, path, rest)
        depth, quote = after(rest, depth, quote)
    return found


def name_row(found: Places, path: Path, rest: str) -> None:
    """Remember the `key` of a row of an array, by which faults name it."""
    array = path[:-2]
    if path[-1] == "key" and array in found.rows and (name := KEY.search(rest)):
        found.names.setdefault((*array, split(name[0])[0]), path[-2])


def after(rest: str, depth: int, quote: str) -> tuple[int, str]:
    """How many brackets are open after this part of a line, and in which long string it ends.

    >>> after("[1, [2,", 0, ""), after('" # no remark"', 0, ""), after("'''a", 0, "")
    ((2, ''), (0, ''), (0, "'''"))
    """
    at = 0
    while at < len(rest):
        if quote:
            end = re.compile(r"'''" if quote == "'''" else r'(?<!\\)"""').search(rest, at)
            if not end:
                return depth, quote
            at, quote = end.end(), ""
            continue
        mark = MARKS.search(rest, at)
        if not mark:
            return depth, quote
        at = mark.end()
        if mark[0] in ("'''", '"""'):
            quote = mark[0]
        elif mark[0] in "[{":
            depth += 1
        elif mark[0] in "]}":
            depth -= 1
    return depth, quote
