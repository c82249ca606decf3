"""Work over many media: what is doubtful, blind checks, batches, splits and statistics."""
