"""Judgements: what people say of links, and the links as they want them shown."""
