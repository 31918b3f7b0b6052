"""From files, folders, tables and web pages to articles; entry: `readers.read`."""
