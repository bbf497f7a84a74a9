"""`python -m demerit` is the same as `demerit`."""

from demerit.cli import main

if __name__ == "__main__":  # a shard's process imports this again
    main()
