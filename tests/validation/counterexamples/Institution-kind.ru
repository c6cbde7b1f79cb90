# valid: who
DELETE DATA { <institution/x-a> skos:prefLabel "例研究所"@ja } ; INSERT DATA { <institution/x-a> skos:prefLabel "例大学"@ja }
