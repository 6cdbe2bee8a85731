"""The rules of an office: words, dossiers, transitions, queues, clock, money. Pure functions, no I/O."""
