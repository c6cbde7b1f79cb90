# valid: document
INSERT DATA { <furniture/x-a> skos:altLabel "Beispiel"@de }
