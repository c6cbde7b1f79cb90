# valid: who
DELETE DATA { <programme/x-a> skos:prefLabel "例"@ja } ; INSERT DATA { <programme/x-a> skos:prefLabel "例の人材育成事業"@ja }
