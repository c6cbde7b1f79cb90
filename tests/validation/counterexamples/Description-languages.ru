# valid: document
INSERT DATA { <furniture/x-a> dcterms:description "In one language only."@en }
