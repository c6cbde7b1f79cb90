# valid: domain
DELETE { <domain/x-b> skos:broader ?any } INSERT { <domain/x-b> skos:broader <account/general> } WHERE { <domain/x-b> skos:broader ?any }
