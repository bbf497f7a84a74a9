"""The JSON Schema of scheme files, from the definition that `demerit check` uses.

scheme/models.py, data/*.toml  ->  src/demerit/data/scheme.schema.json

    python tools/schema.py    write it
"""

from demerit.scheme import schema

if __name__ == "__main__":
    schema.FILE.write_text(schema.text(), encoding="utf-8")
