# valid: term
DELETE WHERE { <ontology/x-a> owl:versionInfo ?any }
