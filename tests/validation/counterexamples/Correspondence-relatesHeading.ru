# valid: strategy
DELETE WHERE { <correspondence/x-a> is:relatesHeading ?any }
