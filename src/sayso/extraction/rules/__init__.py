"""Rules: attributions as a language pack tells them from the words around a cue."""
