"""From files, folders, tables and web pages to articles (`readers.read`), and what on a page is one (`page_zones`)."""
