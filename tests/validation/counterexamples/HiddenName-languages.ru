# valid: document
INSERT DATA { <furniture/x-a> skos:hiddenLabel "Beispiel"@de }
