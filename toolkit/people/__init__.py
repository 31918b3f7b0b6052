"""Who the sources of an article are: one for all its mentions, with kind, role and anonymity (`sources.fold`)."""
