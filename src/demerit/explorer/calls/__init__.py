"""Calls: the addresses of the server, what each takes and answers (docs/explorer.md)."""
