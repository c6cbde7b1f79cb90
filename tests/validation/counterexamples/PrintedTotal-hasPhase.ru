# valid: total
DELETE WHERE { <printed-total/x-a> is:hasPhase ?any }
