# valid: domain
INSERT DATA { <domain/x-b> skos:related <account/general> }
