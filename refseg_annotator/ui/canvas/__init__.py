"""The picture and what lies over it: drawn, looked at through one view, kept at the resolution of the screen."""
