# valid: strategy
DELETE { <indicator/x-a> is:isPublishedIn ?any } INSERT { <indicator/x-a> is:isPublishedIn <institution/base> } WHERE { <indicator/x-a> is:isPublishedIn ?any }
