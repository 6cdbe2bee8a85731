"""The fee notice: its form, what the citizen will read, and taking it back."""
