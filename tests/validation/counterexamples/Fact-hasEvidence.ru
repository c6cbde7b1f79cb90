# valid: document
DELETE WHERE { <furniture/x-a> is:hasEvidence ?any }
