# valid: term
DELETE WHERE { is:xProperty rdfs:domain ?any }
