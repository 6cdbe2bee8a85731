"""The client's only door to the network."""
