"""Replay: the people of a run, one by one, by living their blocks again.

run folder  ->  recorded.py: blocks lived again  ->  story, file, register, find

What is light (the words of a story, the conditions of a search) is imported without the engine.
"""
