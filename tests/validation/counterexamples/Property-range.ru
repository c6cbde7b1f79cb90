# valid: term
DELETE WHERE { is:xProperty rdfs:range ?any }
