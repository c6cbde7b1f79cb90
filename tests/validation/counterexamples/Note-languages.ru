# valid: document
INSERT DATA { <furniture/x-a> skos:note "In one language only."@en }
