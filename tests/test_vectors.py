"""Vectors: the loops over people that every month runs are compiled to vector instructions."""

import platform
import re

import numba
import pytest

from demerit import climate as cl
from demerit import draws
from demerit.columns import SCHEME
from demerit.step.behave import draw_plain
from demerit.step.consequence import ask
from demerit.step.live import keep_house, settle
from demerit.step.respond import learn
from demerit.step.sway import single_out, sway

PACKED = re.compile(r"\tv?p(?:cmp|mul|add|and|srl|sub|max|min)\w*\t[^\n]*%[xyz]mm")


@pytest.fixture(scope="module")
def given(eventful):
    """What each kernel is given, on a block in which everything happens."""
    block = eventful.block()
    world, society, scheme = block.world, block.society, block.scheme
    here = cl.by_region(block.climate)[0]
    deed = int(society.due_deed[0]) - 1
    return {
        "rows": (world.scratch.u, world.seed, world.first, 1, 0, 5, 0),
        "draw_plain": (world, SCHEME, deed, 0), "single_out": (world, society, scheme, deed),
        "sway": (world, society, scheme, here, SCHEME, deed), "settle": (world, society, SCHEME),
        "keep_house": (world, society, SCHEME), "ask": (world, society, SCHEME, 1, 0),
        "learn": (world, society, scheme, here, SCHEME),
    }  # fmt: skip


@pytest.mark.skipif(platform.machine() not in {"x86_64", "AMD64"}, reason="reads x86 assembly")
@pytest.mark.parametrize(
    "kernel", [draws.rows, draw_plain, single_out, sway, settle, keep_house, ask, learn],
    ids=lambda k: k.__name__,
)  # fmt: skip
def test_a_loop_over_people_is_made_of_vector_instructions(given, kernel):
    """Integer comparisons, products and sums on packed registers, as the compiler sets them.

    Compiled here anew: the assembly of what comes from the cache cannot be read.
    """
    fresh = numba.njit(nogil=True, error_model="numpy")(kernel.py_func)
    fresh.compile(tuple(map(numba.typeof, given[kernel.__name__])))
    (text,) = fresh.inspect_asm().values()

    assert len(PACKED.findall(text)) >= 4
