# valid: domain
INSERT DATA { <domain/x-a> skos:broader <domain/x-b> }
