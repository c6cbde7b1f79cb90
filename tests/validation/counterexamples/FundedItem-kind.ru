# valid: who
DELETE DATA { <programme/x-a> skos:prefLabel "例"@ja ; is:hasPurpose <purpose/research> } ;
INSERT DATA { <programme/x-a> skos:prefLabel "例の施設整備費補助金"@ja ; is:hasPurpose <purpose/facilities> }
