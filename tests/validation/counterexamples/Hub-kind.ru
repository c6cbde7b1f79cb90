# valid: who
DELETE DATA { <hub/x-a> skos:prefLabel "例拠点"@ja } ; INSERT DATA { <hub/x-a> skos:prefLabel "機関内センター型の拠点"@ja }
