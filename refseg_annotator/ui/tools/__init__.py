"""What changes masks by hand: the tools, what they are set to, and the stage that turns a stroke into one edit."""
