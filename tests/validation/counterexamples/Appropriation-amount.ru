# valid: money
DELETE WHERE { <appropriation/x-a> is:amount ?any }
