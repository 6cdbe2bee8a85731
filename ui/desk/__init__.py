"""The desk: queues at the left, the dossier table in the middle."""
