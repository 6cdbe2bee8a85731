"""Controls taken away one by one, to see that their tests notice; see ``__main__``."""
