"""The commands, in files by what they do: each calls one use case of the workspace and shows what it returns."""
