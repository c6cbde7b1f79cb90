# valid: money
DELETE WHERE { <listing/x-a> is:isListedUnder ?any }
