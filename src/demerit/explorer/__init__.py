"""Explorer: the server of the web pages on which a person sees a scheme at work.

a question (scheme, changes, society, how many, how long)  ->  a job  ->  a run folder  ->  JSON

It binds the loopback alone, and nothing but what the other commands may read or write passes it:
schemes, numbers, and the folders of runs.  docs/explorer.md describes every call.
"""
