"""From what services say to what officers read: pure functions, no widgets, run off the GUI thread."""
