"""Step: one month, in the order in which it happens."""

from demerit.kernel import inline
from demerit.step.audit import audit
from demerit.step.behave import behave
from demerit.step.consequence import grant, knock, work
from demerit.step.deal import deal
from demerit.step.link import link
from demerit.step.live import live
from demerit.step.observe import observe
from demerit.step.redress import redress
from demerit.step.respond import respond
from demerit.step.score import score


@inline
def step(world, society, scheme, climate, month):
    """Move every person of this block one month on, in every world."""
    file = world.file
    live(world, society, scheme, climate, month)
    behave(world, society, scheme, climate, month)
    deal(world, society, scheme, climate, month)
    observe(world, society, scheme, climate, month)
    link(file, society, scheme, climate, month)
    score(file, society, scheme, climate, month)
    audit(world, society, scheme, climate, month)
    knock(world, society, scheme, climate, month)
    grant(file, society, scheme, climate, month)
    work(world, society, scheme, climate, month)
    respond(world, society, scheme, climate, month)
    redress(world, society, scheme, climate, month)
