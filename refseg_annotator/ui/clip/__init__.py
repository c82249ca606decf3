"""What a clip has beside its picture: the timeline, the queue of doubtful frames, and masks carried through it."""
