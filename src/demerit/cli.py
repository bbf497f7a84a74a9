"""The command line: which commands there are, and what happens when one goes wrong.

    0    done
    1    the run failed (a full disk, a fault of the program)
    2    the input is wrong: one message says what, where, what is allowed, how to mend it
    130  interrupted; nothing half written stays, and what is done may be gone on with

Nothing heavy is imported before a command needs it, and its module only when it is called.
"""

import errno
import importlib
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from demerit import __version__
from demerit.facts import InputError, nearest

COMMANDS = {  # name: (module, what it does)
    "run": ("demerit.commands.run", "Run a scheme beside ordinary law alone; write its folder."),
    "compare": ("demerit.commands.compare", "Several schemes on the same people, side by side."),
    "schemes": ("demerit.commands.scheme", "The schemes, or one as a person would explain it."),
    "societies": (
        "demerit.commands.catalogue",
        "The societies, or one checked against its margins.",
    ),
    "deeds": ("demerit.commands.catalogue", "What people do that a scheme may score."),
    "agencies": ("demerit.commands.catalogue", "Who records deeds, and how well."),
    "doors": ("demerit.commands.catalogue", "What a scheme may shut or open."),
    "firms": ("demerit.commands.catalogue", "What firms do, who sees it, and their doors."),
    "measures": ("demerit.commands.catalogue", "What is measured."),
    "check": ("demerit.commands.scheme", "All faults of a scheme file."),
    "lint": ("demerit.commands.lint", "Red flags of a scheme under the AI Act, with file lines."),
    "new": ("demerit.commands.scheme", "A commented scheme file to begin with."),
    "bench": ("demerit.commands.bench", "Person-months per second, and where the time goes."),
    "mechanisms": ("demerit.commands.mechanisms", "What can be switched off, and what moves then."),
    "luck": ("demerit.commands.luck", "What chance in the records alone decides."),
    "redraws": ("demerit.commands.redraws", "Who is worse and better off, over many lives."),
    "proportion": ("demerit.commands.proportion", "Which rules bring the harm, and to whom."),
    "gaps": ("demerit.commands.gaps", "What puts each gap between groups in."),
    "validate": ("demerit.commands.validate", "Published cases beside what comes out here."),
    "fugitives": (
        "demerit.commands.fugitives",
        "Would a scheme stop big fugitives, and whom for each?",
    ),
    "evaluate": (
        "demerit.commands.evaluate",
        "What pilots of a run would teach, beside the truth.",
    ),
    "person": ("demerit.commands.people", "One synthetic life, with the scheme and without."),
    "file": ("demerit.commands.people", "What is held on one person, and what each may see of it."),
    "register": ("demerit.commands.people", "The public list of a run in a month."),
    "find": ("demerit.commands.people", "Ids of synthetic people to read, by what befell them."),
    "verify": ("demerit.commands.folder", "Check every file of a run against its manifest."),
    "report": ("demerit.commands.folder", "Write report.html of a run again."),
    "cite": ("demerit.commands.folder", "The sources a run rests on."),
    "explore": ("demerit.commands.explore", "Web pages to see a scheme at work, on this machine."),
}


class LazyGroup(click.Group):
    """A group that imports a command when it is called and lists it without."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, its module imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first argument names, or the nearest names."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise InputError(f"there is no command {args[0]!r}; {nearest(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands for --help, from the table."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, what) for name, (_, what) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="demerit", message="%(prog)s %(version)s")
def demerit() -> None:
    """Run a citizen-scoring scheme on a synthetic society and measure what it does to people.

    The people are computed from published totals and a seed; nobody in it exists.
    Begin with: demerit run suining --people 100k --quick
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and end the process with its exit code."""
    try:
        code = demerit.main(arguments, prog_name="demerit", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except (Exception, KeyboardInterrupt) as error:
        if os.environ.get("DEMERIT_TRACEBACK"):
            raise
        found = KeyboardInterrupt() if interrupted(error) else error
        sys.exit(explain(found, notes_of(error)))


def notes_of(error: BaseException | None) -> list[str]:
    """What was added to an error on its way, or to those that it came of."""
    notes: list[str] = []
    while error is not None:
        notes += getattr(error, "__notes__", [])
        error = error.__cause__ or error.__context__
    return notes


def interrupted(error: BaseException | None) -> bool:
    """Did it begin with Ctrl-C?  The compiler, interrupted, goes on to a fault of its own."""
    while error is not None and not isinstance(error, KeyboardInterrupt):
        error = error.__context__
    return error is not None


def explain(error: BaseException, notes: Sequence[str] = ()) -> int:
    """Say on stderr what went wrong, and by the notes how to go on; the exit code."""
    kept = "what is done is kept." if notes else "nothing was written."
    match error:
        case KeyboardInterrupt() | click.Abort():
            code, message = 130, f"interrupted; {kept}"
        case click.ClickException():
            code, message = 2, with_help(error)
        case InputError():
            code, message = 2, str(error)
        case BrokenPipeError():  # the reader of our output left: `demerit deeds | head`
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return 1
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            code, message = 1, f"{place(error)}the disk is full; the run was not written."
        case OSError():
            code, message = 1, f"{place(error)}{error.strerror or error}"
        case MemoryError():
            code, message = 1, "not enough memory; use fewer --people or --threads."
        case _ if type(error).__name__ == "RunError":  # named, as its module is heavy to import
            code, message = 1, str(error)
        case _:
            code = 1
            message = (
                f"a fault of the program, {type(error).__name__}: {error}\n"
                "  DEMERIT_TRACEBACK=1 shows where; please report it."
            )
    click.echo("\n  ".join([f"demerit: {message}", *notes]), err=True)
    return code


def with_help(error: click.ClickException) -> str:
    """Click's message, and which --help says more."""
    message = error.format_message()
    context = getattr(error, "ctx", None)
    where = context.command_path if context else "demerit"
    return f"{message}\n  `{where} --help` says what is allowed."


def place(error: OSError) -> str:
    """The file an error is about, as a prefix of the message.

    >>> place(OSError(28, "No space left on device", "runs/a"))
    'runs/a: '
    """
    return f"{error.filename}: " if error.filename else ""
