# valid: document
DELETE WHERE { <mention/x-a> is:isMentionOf ?any }
