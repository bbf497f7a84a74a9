"""Vendored scripts: read, checked against their hashes, and fitted for a page without a loader."""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

IMPORT = "import { ascending, isString, DisallowedObjectProperties } from 'vega-util';"
EXPORT = "export { expression as expressionInterpreter };"


@cache
def listing() -> list[dict[str, Any]]:
    """The rows of VENDORED.toml: name, package, version, licence, sha256."""
    return tomllib.loads((files(__package__) / "VENDORED.toml").read_text("utf-8"))["file"]


@cache
def scripts() -> tuple[str, ...]:
    """The text of each script, in the order in which a page must run them.

    ValueError where a file is not the one that was published.
    """
    found = []
    for row in listing():
        data = (files(__package__) / row["name"]).read_bytes()
        if hashlib.sha256(data).hexdigest() != row["sha256"]:
            raise ValueError(f"report/vendor/{row['name']} is not {row['package']} {row['version']}")
        text = data.decode("utf-8")
        found.append(_fitted(text) if row["package"] == "vega-interpreter" else text)
    return tuple(_unmapped(text) for text in found)


def _fitted(module: str) -> str:
    """The interpreter is published as a module only; a page opened from disk cannot import one."""
    if IMPORT not in module or EXPORT not in module:
        raise ValueError("report/vendor/vega-interpreter.js is not the module that was expected")
    names = IMPORT.removeprefix("import ").split(" from ")[0]
    body = module.replace(IMPORT, f"const {names} = vega;").replace(EXPORT, "return expression;")
    return f"var vegaInterpreter = (function () {{\n{body}\n}})();\n"


def _unmapped(text: str) -> str:
    """Without the line that makes a browser's tools ask for a source map."""
    kept = [line for line in text.split("\n") if not line.startswith("//# sourceMappingURL=")]
    return "\n".join(kept)
