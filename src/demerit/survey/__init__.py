"""Survey: once a year the laboratory counts people by two of their own quantities at once.

Monthly frames count who is in each tier, and who is honest; whether the honest are in the better
tiers, or who is where he was a year ago, only a cross-table of the two can say.  A survey holds no
person: it adds whole numbers to tables.  `tables.py` says which; `ask.py` fills them.
"""
