# valid: money
DELETE WHERE { <appropriation/x-a> is:hasPhase ?any }
