"""What leads a person: the next step, the tour, the guide and help."""
