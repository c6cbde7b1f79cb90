# valid: document
DELETE WHERE { <page/x-a> is:isPageOf ?any }
