"""The citizen on the command line: talks to the sandbox over HTTP only."""
