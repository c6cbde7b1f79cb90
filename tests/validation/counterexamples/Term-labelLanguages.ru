# valid: term
INSERT DATA { is:XThing skos:prefLabel "Ding"@de }
