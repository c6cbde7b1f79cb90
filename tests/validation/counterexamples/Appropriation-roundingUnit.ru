# valid: money
DELETE WHERE { <appropriation/x-a> is:roundingUnit ?any }
