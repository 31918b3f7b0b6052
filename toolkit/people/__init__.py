"""Who the sources are; entry: `sources.fold`."""
