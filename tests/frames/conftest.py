"""What the tests of counting share: tables in which everything counts for something."""

import numpy as np
import pytest

from demerit import scheme as schemes
from demerit.blocks import as_record
from demerit.columns import DOORS
from demerit.scheme import tables as scheme_tables
from demerit.society import tables as society_tables


@pytest.fixture(scope="module")
def tables(china, deeds):
    """Tables in which every deed but one costs points or brings some; doors of every width."""
    rng = np.random.default_rng(3)
    society = society_tables.build("china-2020", china.employed_per_unemployed)
    scheme = scheme_tables.build(schemes.load("suining"), society, 1.0)
    points = np.where(np.arange(len(deeds)) % 3 == 0, 20, -20)
    points[1] = 0
    access = rng.choice([0, 2, 4, 8], scheme.access.shape)
    access[:, 1] = 4  # a door of which no tier says anything
    costs = {"cost_yuan": rng.integers(1, 900, len(DOORS)),
             "cost_minutes": rng.integers(1, 900, len(DOORS)),
             "under": np.where(np.arange(len(DOORS)) == 2, 0, np.arange(len(DOORS)))}  # fmt: skip
    scheme = scheme._replace(points=points, access=access, posted=np.array([0, 0, 1, 1], np.uint8),
                             learns=1, every_months=7, first=np.arange(len(deeds)) * 7 % 11 - 6,
                             officials=1, office_grades=3, looked_at=1, visible=1,
                             office_grade_floor=np.array([800, 400, 0, 0]), issuers=3,
                             partnered=np.arange(len(DOORS)) % 2,
                             partner=rng.choice([2, 4, 8], scheme.partner.shape))  # fmt: skip
    return as_record(society._replace(**costs))[0], as_record(scheme)[0]
