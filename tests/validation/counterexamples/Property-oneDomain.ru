# valid: term
INSERT DATA { is:xProperty rdfs:domain is:Note }
