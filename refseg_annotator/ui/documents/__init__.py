"""Projects and data sets: opened, saved, found again, exported and imported."""
