"""Payment partners as the portal meets them; each verifies its own signature and settles through the domain."""
