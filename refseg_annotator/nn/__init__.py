"""The CMSA network and its parts (torch). No project, no file but a checkpoint is known here."""
