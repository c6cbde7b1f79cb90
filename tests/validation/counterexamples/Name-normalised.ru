# valid: document
DELETE DATA { <furniture/x-a> skos:prefLabel "例"@ja } ; INSERT DATA { <furniture/x-a> skos:prefLabel "ﾚｲ"@ja }
