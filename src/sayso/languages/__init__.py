"""Word lists, one TOML file per language, checked on load. No language's words stand anywhere else."""
