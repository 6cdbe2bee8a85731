"""Before the desk: signing in through the browser."""
