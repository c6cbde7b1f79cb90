# valid: term
INSERT DATA { is:xProperty is:exactMatchTemplate "https://example.org/" }
