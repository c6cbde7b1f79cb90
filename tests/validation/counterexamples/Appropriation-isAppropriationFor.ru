# valid: money
DELETE WHERE { <appropriation/x-a> is:isAppropriationFor ?any }
