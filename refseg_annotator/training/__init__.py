"""Training and evaluation of the network. Opened only by the command line's `train` and `evaluate`."""
