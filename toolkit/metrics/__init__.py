"""From what was found in an article to numbers and evidence; entry: `table.measure`."""
