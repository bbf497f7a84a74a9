"""Step: one month, in the order in which it happens."""

from demerit import frames
from demerit.blocks import world_of
from demerit.kernel import kernel
from demerit.step.audit import audit
from demerit.step.begin import begin, enrol
from demerit.step.behave import behave
from demerit.step.consequence import attribute, grant, knock, work
from demerit.step.deal import deal
from demerit.step.firms import firms
from demerit.step.gather import gather
from demerit.step.grade import grade
from demerit.step.inquire import inquire
from demerit.step.issue import issue
from demerit.step.link import link
from demerit.step.live import live
from demerit.step.move import move
from demerit.step.observe import observe
from demerit.step.office import office
from demerit.step.rate import rate
from demerit.step.redress import redress
from demerit.step.respond import respond
from demerit.step.score import score
from demerit.step.trade import found, trade


# Each stage for the k-th block of a fold.  A kernel for each and not one for the month: to compile
# them within one another took half as long again.
@kernel
def live_block(blocks, k, society, scheme, climate, month):
    """A month's money."""
    world = world_of(blocks, k)
    live(world, society[0], scheme[0], climate[world.region], month)


@kernel
def behave_block(blocks, k, society, scheme, climate, month):
    """True deeds."""
    world = world_of(blocks, k)
    behave(world, society[0], scheme[0], climate[world.region], month)


@kernel
def deal_block(blocks, k, society, scheme, climate, month):
    """Deals with strangers."""
    world = world_of(blocks, k)
    deal(world, society[0], scheme[0], climate[world.region], month)


@kernel
def observe_block(blocks, k, society, scheme, climate, month):
    """What agencies write."""
    world = world_of(blocks, k)
    observe(world, society[0], scheme[0], climate[world.region], month)


@kernel
def link_block(blocks, k, society, scheme, climate, month):
    """What reaches which file."""
    world = world_of(blocks, k)
    link(world.file, society[0], scheme[0], climate[world.region], month)


@kernel
def rate_block(blocks, k, society, scheme, climate, month):
    """What people make of one another."""
    world = world_of(blocks, k)
    rate(world, society[0], scheme[0], climate[world.region], month)


@kernel
def score_block(blocks, k, society, scheme, climate, month):
    """Points and tiers, of who has moved here anew."""
    world = world_of(blocks, k)
    move(world, society[0], scheme[0], climate[world.region], month)
    score(world.file, society[0], scheme[0], climate[world.region], month)


@kernel
def gather_block(blocks, k, society, scheme, climate, month):
    """What issuers of private scores see."""
    world = world_of(blocks, k)
    gather(world, society[0], scheme[0], climate[world.region], month)


@kernel
def issue_block(blocks, k, society, scheme, climate, month):
    """Private scores."""
    world = world_of(blocks, k)
    issue(world.file, society[0], scheme[0], climate[world.region], month)


@kernel
def audit_block(blocks, k, society, scheme, climate, month):
    """What the laboratory says of them."""
    world = world_of(blocks, k)
    audit(world, society[0], scheme[0], climate[world.region], month)


@kernel
def knock_block(blocks, k, society, scheme, climate, month):
    """Who asks at which door."""
    world = world_of(blocks, k)
    knock(world, society[0], scheme[0], climate[world.region], month)


@kernel
def grant_block(blocks, k, society, scheme, climate, month):
    """Who is let in."""
    world = world_of(blocks, k)
    grant(world.file, society[0], scheme[0], climate[world.region], month)


@kernel
def attribute_block(blocks, k, society, scheme, climate, month):
    """Whom a private score turned away."""
    world = world_of(blocks, k)
    attribute(world, society[0], scheme[0], climate[world.region], month)


@kernel
def inquire_block(blocks, k, society, scheme, climate, month):
    """Whom others look up."""
    world = world_of(blocks, k)
    inquire(world, society[0], scheme[0], climate[world.region], month)


@kernel
def work_block(blocks, k, society, scheme, climate, month):
    """Jobs lost and found."""
    world = world_of(blocks, k)
    work(world, society[0], scheme[0], climate[world.region], month)


@kernel
def respond_block(blocks, k, society, scheme, climate, month):
    """What people make of it."""
    world = world_of(blocks, k)
    respond(world, society[0], scheme[0], climate[world.region], month)


@kernel
def redress_block(blocks, k, society, scheme, climate, month):
    """Appeals, points earned and bought."""
    world = world_of(blocks, k)
    redress(world, society[0], scheme[0], climate[world.region], month)


@kernel
def office_block(blocks, k, society, scheme, climate, month):
    """What those do who run the scheme."""
    world = world_of(blocks, k)
    office(world, society[0], scheme[0], climate[world.region], month)


@kernel
def firms_block(blocks, k, society, scheme, climate, month):
    """A month of the firms of a block, and what the scheme makes of it; nothing where it has no
    part on firms."""
    world = world_of(blocks, k)
    trade(world, society[0], scheme[0], climate[world.region], month)
    grade(world.file, society[0], scheme[0], climate[world.region], month)
    firms(world, society[0], scheme[0], climate[world.region], month)


MONTH = (
    live_block, behave_block, deal_block, observe_block, link_block, rate_block, score_block,
    gather_block, issue_block, audit_block, knock_block, grant_block, attribute_block,
    inquire_block, work_block, respond_block, redress_block, office_block, firms_block,
)  # fmt: skip


# What goes on where no scheme has been heard of and nobody looks (climate.by_region, `idle`).
IDLE = (
    live_block, behave_block, deal_block, knock_block, grant_block, work_block, respond_block,
    firms_block,
)  # fmt: skip


@kernel
def begin_block(blocks, k, society, scheme):
    """First values for one block."""
    world = world_of(blocks, k)
    begin(world, society[0], scheme[0])
    found(world, society[0], scheme[0])


@kernel
def enrol_block(blocks, k, scheme):
    """Who has a file where a scheme opens after month 0."""
    world = world_of(blocks, k)
    enrol(world, scheme[0])


@kernel
def count_block(blocks, k, society, scheme, climate, month, out, shared):
    """Add up the month of one block."""
    world = world_of(blocks, k)
    frames.count(world, society[0], scheme[0], climate[world.region], month, out, shared)


@kernel
def holds(blocks, k):
    """Was there room for every record in the ledger of this block?"""
    file, room = blocks.files[k], True
    for w in range(file.record_total.size):
        room &= file.record_total[w] <= file.record_person.shape[1]
    return room
