# valid: document
DELETE DATA { <reading/x-a> is:isFollowed true } ; INSERT DATA { <reading/x-a> is:isFollowed false }
