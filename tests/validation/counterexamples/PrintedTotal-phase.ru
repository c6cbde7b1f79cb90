# valid: total
DELETE DATA { <printed-total/x-a> skos:prefLabel "例"@ja } ; INSERT DATA { <printed-total/x-a> skos:prefLabel "例の補正予算額"@ja }
