"""Comparison: the page of several schemes on the same people.

compare.json, frames of each  ->  sides  ->  findings, figures (dots, months), tables  ->  page
"""
