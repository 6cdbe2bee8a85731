"""Ways from the portal to a citizen: account, e-mail, text message, each with its own truth about delivery."""
