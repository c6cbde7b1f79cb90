# valid: strategy
DELETE { <indicator/x-a> is:isPublishedBy ?any } INSERT { <indicator/x-a> is:isPublishedBy <document/base> } WHERE { <indicator/x-a> is:isPublishedBy ?any }
