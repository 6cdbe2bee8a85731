"""What an officer can do: one module per area of work, one function per use case."""
