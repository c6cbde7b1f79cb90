# valid: term
INSERT { is:xOther ?property ?value } WHERE { is:XThing ?property ?value . FILTER(?property != skos:prefLabel) } ;
INSERT DATA { is:xOther skos:prefLabel "x-other"@en , "x-他のもの"@ja }
