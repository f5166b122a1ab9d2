"""The frozen types that every step takes and gives."""
