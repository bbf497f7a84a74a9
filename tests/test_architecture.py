"""Architecture: the invariants of the design, by reading the source."""

import ast
from pathlib import Path

import pytest

import demerit
from demerit import kernel
from demerit.blocks import World, allocate
from demerit.columns import COLUMNS, FILE, SCRATCH, WORLDS

SOURCE = Path(demerit.__file__).parent
MODULES = sorted(p for p in SOURCE.rglob("*.py"))
KERNELS = [p for p in MODULES if kernel.DECORATED.search(p.read_text())]
STAGES = sorted((SOURCE / "step").glob("*.py"))
TESTS = sorted(Path(__file__).parent.rglob("*.py"))
LINES_MAX, FUNCTION_MAX = 400, 60
NAMES = {column.name for column in COLUMNS}
BY_NAME = {column.name: column for column in COLUMNS}
# What a scheme's stages are: they see the central file, and never a life.
GRANTING = {"grant", "callers", "touches", "access", "chance", "answer"}
OF_SCHEME = {"link": None, "score": None, "issue": None, "grade": None, "consequence": GRANTING}
# The ledger is one table: observe opens a row of it and moves rows up, so that this column too is
# first set there (to UNSET) and carried; only link says when a record is due.
CARRIED = {"record_due": "observe", "record_erase": "observe", "record_over": "observe"}


def name(path):
    return str(path.relative_to(SOURCE))


def functions(path):
    return [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef)]


def is_kernel(function):
    return any(isinstance(d, ast.Name) and d.id in {"kernel", "inline"}
               for d in function.decorator_list)  # fmt: skip


def columns_in(node):
    """Columns named in an expression: world.life.x, file.x, shadow = world.life.x[w]."""
    return {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute) and n.attr in NAMES}


def written(function):
    """Columns that a function assigns to, by element, through a local name, or with fill."""
    local, found = {}, set()
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name) and isinstance(
                    node.value, ast.Subscript | ast.Attribute
                ):
                    local[target.id] = columns_in(node.value)
    targets = []
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            targets += node.targets
        elif isinstance(node, ast.AugAssign):
            targets.append(node.target)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "fill":
            targets.append(node.args[0])
    for target in targets:
        base = target
        while isinstance(base, ast.Subscript):
            base = base.value
        if isinstance(base, ast.Name) and base is not target:
            found |= local.get(base.id, set())
        if isinstance(base, ast.Attribute) and base.attr in NAMES:
            found.add(base.attr)
    return found


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_file_and_its_functions_are_short(path):
    text = path.read_text()
    long = [f.name for f in functions(path) if f.end_lineno - f.lineno + 1 > FUNCTION_MAX]

    assert len(text.splitlines()) <= LINES_MAX
    assert [] == long


def test_a_file_of_tests_is_short_too():
    assert len(TESTS) > 50
    assert {} == {
        path.name: lines
        for path in TESTS
        if (lines := len(path.read_text().splitlines())) > LINES_MAX
    }


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_is(path):
    docstring = ast.get_docstring(ast.parse(path.read_text()))

    assert docstring or path.name in {"__main__.py"} or not path.read_text().strip()


@pytest.mark.parametrize("path", [p for p in KERNELS if p.name != "kernel.py"], ids=name)
def test_a_kernel_says_what_it_does(path):
    silent = [f.name for f in functions(path) if is_kernel(f) and not ast.get_docstring(f)]

    assert [] == silent


@pytest.mark.parametrize("path", [p for p in STAGES if p.name != "__init__.py"], ids=name)
def test_a_stage_writes_its_own_columns_alone(path):
    stage = path.stem
    others = {
        column: BY_NAME[column].writer
        for f in functions(path)
        for column in written(f)
        if BY_NAME[column].writer not in {stage, "scratch"} and CARRIED.get(column) != stage
    }
    if stage == "begin":  # gives first values to what later months change
        others = {k: writer for k, writer in others.items() if "world" not in BY_NAME[k].axes}

    assert {} == others


@pytest.mark.parametrize(
    "line",
    [
        "world.file.tier[w, i] = 0",
        "world.file.tier[w, i] += 1",
        "fill(world.file.tier[w], 0)",
        "mine = world.file.tier[w]; mine[i] = 0",
        "world.file.tier[w][i] = 0",
    ],
)
def test_a_second_writer_would_be_found(line):
    function = ast.parse(f"def f(world, w, i): {line}").body[0]

    assert {"tier"} == written(function)


@pytest.mark.parametrize("stage", sorted({c.writer for c in COLUMNS} - {"society", "scratch"}))
def test_every_column_is_written_by_its_writer(stage):
    path = SOURCE / "step" / f"{stage}.py"
    found = set().union(*(written(f) for f in functions(path)))
    own = {column.name for column in COLUMNS if column.writer == stage}

    assert set() == own - found


def test_counting_and_the_network_write_no_column():
    for path in (*sorted((SOURCE / "frames").glob("*.py")), SOURCE / "network.py"):
        found = set().union(*(written(f) for f in functions(path)))

        assert found <= set(SCRATCH)


@pytest.mark.parametrize("stage", OF_SCHEME)
def test_a_stage_of_the_scheme_is_given_the_central_file_and_names_no_life(stage):
    path = SOURCE / "step" / f"{stage}.py"
    own = OF_SCHEME[stage]
    found = [f for f in functions(path) if own is None or f.name in own]

    assert own is None or own == {f.name for f in found}
    for function in found:
        names = {n.attr for n in ast.walk(function) if isinstance(n, ast.Attribute)}
        names |= {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
        arguments = {a.arg for a in function.args.args}

        assert not {"life", "world"} & (names | arguments)


def test_the_step_hands_the_stages_of_the_scheme_the_file():
    calls = {
        ast.unparse(node.func): ast.unparse(node.args[0])
        for node in ast.walk(ast.parse((SOURCE / "step" / "__init__.py").read_text()))
        if isinstance(node, ast.Call)
    }

    assert {"link", "score", "issue", "grant", "grade"} == {
        stage for stage, given in calls.items() if given == "world.file"
    }


def test_the_central_file_holds_no_column_of_the_laboratory():
    assert [] == [column for column in FILE if BY_NAME[column].lab]


def test_the_central_file_is_kept_apart_from_lives():
    room = allocate(1, 3, 2, 5)

    assert set(FILE) <= set(room.files.dtype.names)
    assert not set(FILE) & set(room.lives.dtype.names)
    assert not {column.name for column in COLUMNS if column.lab} & set(room.files.dtype.names)


def test_the_truth_of_deeds_and_records_belongs_to_the_laboratory():
    lab = {column.name for column in COLUMNS if column.lab}

    assert {"trait", "deed_rate", "deed_count", "record_truth", "record_doer", "record_unable",
            "wrongful", "shadow_points", "awareness", "grievance"} <= lab  # fmt: skip


def test_a_column_is_described():
    for column in COLUMNS:
        assert column.meaning.endswith(".")
        assert column.axes[-1] in {
            "person", "record", "bits", "tie", "world", "deed", "group", "desk", "firm",
            "one",
        }  # fmt: skip
        assert column.unit


def test_there_are_three_worlds_beside_one_another():
    assert ("law", "scheme", "no_errors") == WORLDS
    assert ("file", "life", "scratch") == World._fields[-3:]


@pytest.mark.parametrize("path", KERNELS, ids=name)
def test_a_kernel_computes_without_fastmath_exponents_or_logarithms(path):
    tree = ast.parse(path.read_text())
    keywords = {k.arg for n in ast.walk(tree) if isinstance(n, ast.Call) for k in n.keywords}

    assert not {"fastmath", "parallel"} & keywords
    for function in functions(path):
        if not is_kernel(function):
            continue
        called = {n.attr if isinstance(n, ast.Attribute) else getattr(n, "id", "")
                  for n in ast.walk(function)}  # fmt: skip
        powers = [
            n for n in ast.walk(function) if isinstance(n, ast.BinOp) and isinstance(n.op, ast.Pow)
        ]

        assert not called & {"exp", "log", "log2", "log10", "power", "pow", "sqrt", "random"}
        assert [] == powers


def files_of(path):
    """The modules of this package that a module takes names from."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("demerit"):
            base = SOURCE.parent / Path(*node.module.split("."))
            for alias in node.names:
                inner = base / alias.name
                tried = (inner.with_suffix(".py"), inner / "__init__.py", base.with_suffix(".py"),
                         base / "__init__.py")  # fmt: skip
                yield next(file for file in tried if file.exists())


# What Python alone reads in modules that hold a kernel.
FOR_PYTHON = {"facts.py", "scheme/__init__.py", "scheme/tables.py", "society/__init__.py"}
READ = {name(file) for path in KERNELS for file in files_of(path)} - FOR_PYTHON


@pytest.mark.parametrize("file", sorted(READ | {name(path) for path in KERNELS}))
def test_an_edit_of_what_a_kernel_reads_makes_it_compile_again(file, tmp_path, monkeypatch):
    """A constant taken from another module is frozen into the machine code."""
    for path in MODULES:
        there = tmp_path / name(path)
        there.parent.mkdir(parents=True, exist_ok=True)
        there.write_bytes(path.read_bytes())
    monkeypatch.setattr(kernel, "PACKAGE", tmp_path)
    if file == "kernel.py":
        monkeypatch.setattr(kernel, "__file__", str(tmp_path / file))
    before = kernel._cache_folder()
    (tmp_path / file).write_text((tmp_path / file).read_text() + "\nEDITED = 1\n")

    assert before != kernel._cache_folder()


def test_every_draw_of_a_stage_has_a_purpose_of_that_stage():
    """Two stages never draw for one purpose: the same word would decide two things."""
    used = {}
    for path in STAGES:
        text = path.read_text()
        for node in ast.walk(ast.parse(text)):
            if (
                isinstance(node, ast.Attribute)
                and node.attr.isupper()
                and ast.unparse(node.value) == "draws"
            ):
                used.setdefault(node.attr, set()).add(path.stem)
    used.pop("U")

    assert {} == {purpose: by for purpose, by in used.items() if len(by) > 1}
