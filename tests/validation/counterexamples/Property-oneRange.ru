# valid: term
INSERT DATA { is:xProperty rdfs:range is:Note }
