# valid: domain
DELETE WHERE { <domain-entry/x-a> is:isEntryFor ?any }
