# valid: term
INSERT DATA { is:XThing rdfs:subClassOf is:XThing }
