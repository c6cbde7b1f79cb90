# valid: term
DELETE WHERE { is:XThing skos:definition ?any }
