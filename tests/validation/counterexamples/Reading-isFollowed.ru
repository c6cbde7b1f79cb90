# valid: document
DELETE WHERE { <reading/x-b> is:isFollowed ?any }
