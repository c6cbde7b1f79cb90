# valid: document
DELETE { <reading/x-b> is:isFollowed ?any } INSERT { <reading/x-b> is:isFollowed true } WHERE { <reading/x-b> is:isFollowed ?any }
