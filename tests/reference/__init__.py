"""The month again, a person at a time, in plain Python: from docs/model.md, not from the kernels.

One file for each stage, in the order of the page; reference_model.py joins them to a month.  Names
are those of the page and of the columns; whole numbers are Python's own and never overflow.
"""
