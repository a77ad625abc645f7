"""Words: a language pack's words, made ready for looking up once per language."""
