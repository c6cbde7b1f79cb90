# valid: who
DELETE WHERE { <hub/x-a> is:hasHubStatus ?any }
