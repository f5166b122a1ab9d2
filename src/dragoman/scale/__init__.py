"""The same reading on many machines: units of sources become parts of a Parquet set, which any book can load."""
