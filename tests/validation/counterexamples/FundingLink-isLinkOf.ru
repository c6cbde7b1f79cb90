# valid: link
DELETE WHERE { <funding-link/x-a> is:isLinkOf ?any }
