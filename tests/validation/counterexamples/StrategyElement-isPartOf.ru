# valid: strategy
DELETE { <pillar/x-a> is:isPartOf ?any } INSERT { <pillar/x-a> is:isPartOf <document/base> } WHERE { <pillar/x-a> is:isPartOf ?any }
