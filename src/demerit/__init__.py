"""demerit: run a citizen-scoring scheme on a synthetic society, measure what it does to people."""

__version__ = "0.1.0"
