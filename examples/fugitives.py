"""Would a scheme have stopped the big fugitives, and how many small debtors does it catch?

    python examples/fugitives.py                     the court list, in China and in India
    python examples/fugitives.py --people 200k       a larger sample of everybody else

Run at its default size, with look-ups of listed people by employers and others in the model (of a
sample of 100,000 people, 36 months, five replicates; interval of the fugitives: nine of ten of 64
draws over what is not known; of the others: 95% over replicates):

    (the others in millions)                china-2020            india-2011
    of fifty fugitives stopped              3.8 (0.1 to 7.7)      3.8 (0.1 to 7.7)
    others on the list in the last month    5.5 (4.9 to 6.0)      1.5 (1.3 to 1.8)
    of them but for inability to pay        5.1 (4.6 to 5.6)      1.4 (1.1 to 1.7)
    others for each fugitive stopped        1.4 (0.7 to 43.6)     0.4 (0.2 to 12.4)

So in this model the list would have stopped few of them, mostly because a judgment comes too late
or names a company, and would have held many who could not pay.  The numbers on fugitives are the
same for both countries, for want of any: what differs are the people beside them.

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
