# valid: term
DELETE WHERE { is:XThing skos:prefLabel ?any }
