# valid: money
DELETE WHERE { <listing/x-a> is:hasFlag ?any }
