"""Survey: the laboratory counts people by two of their own quantities at once.

Monthly frames count who is in each tier, and who is honest; whether the honest are in the better
tiers, or who is where he was a year ago, only a cross-table of the two can say.  A survey holds no
person: it adds whole numbers to tables.  `tables.py` says which.  What happens in a month is
counted each month (`month.py`); how people stand once a year, and in the last month in
which the scheme stands (`ask.py`, `recourse.py`).
"""
