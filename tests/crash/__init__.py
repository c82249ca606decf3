"""Breaking the program on purpose: killed processes, refusing disks, strangers at the file. `python -m tests.crash`."""
