"""One dossier: its acts, its papers and its clock."""
