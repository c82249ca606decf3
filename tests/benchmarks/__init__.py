"""The performance book: `python -m tests.benchmarks` prints its tables. Not part of the test run."""
