# valid: strategy
DELETE WHERE { <measure/x-a> is:aimsAt ?any }
