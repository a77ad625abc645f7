"""How the tagger is trained and measured; not in the wheel."""
