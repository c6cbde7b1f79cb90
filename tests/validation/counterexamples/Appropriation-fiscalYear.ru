# valid: money
DELETE WHERE { <appropriation/x-a> is:fiscalYear ?any }
