# valid: document
DELETE DATA { <furniture/x-a> skos:prefLabel "example"@en } ; INSERT DATA { <furniture/x-a> skos:prefLabel "PAGE NUMBER"@en }
