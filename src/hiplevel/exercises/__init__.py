"""The catalogue of exercises, as TOML, and its loader."""
