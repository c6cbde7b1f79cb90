# valid: who
DELETE WHERE { <mention/x-a> ?p ?o }
