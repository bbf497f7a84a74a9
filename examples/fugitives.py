"""Would a scheme have stopped the big fugitives, and how many small debtors does it catch?

    python examples/fugitives.py                     the court list, in China and in India
    python examples/fugitives.py --people 200k       a larger sample of everybody else

The same as `demerit fugitives court-list --society ...`, once for each society: see
src/demerit/fugitives.py for how, and data/fugitives.toml for what is assumed.
"""

import argparse
from collections.abc import Sequence

from demerit.commands import people_count
from demerit.commands.fugitives import lines
from demerit.fugitives import Question, answer

SOCIETIES = ("china-2020", "india-2011")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the answer for each society with its interval."""
    parser = argparse.ArgumentParser(description="The big fugitives and the small debtors.")
    parser.add_argument("--people", default="100k")
    for name, default in (("months", 36), ("replicates", 5), ("threads", 2), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    asked = parser.parse_args(arguments)
    for society in SOCIETIES:
        question = Question(
            "court-list", society, people_count(asked.people, society), asked.months, asked.seed,
            asked.replicates, asked.threads,
        )  # fmt: skip
        print("\n".join(lines(answer(question))), flush=True)


if __name__ == "__main__":
    main()
