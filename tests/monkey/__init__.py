"""A monkey at the window: `python -m tests.monkey` lets it press and type at random; see `window_monkey`."""
