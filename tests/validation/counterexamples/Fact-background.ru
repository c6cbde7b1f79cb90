# valid: document
DELETE { <document/x-a> is:hasEvidence ?any ; is:isReadFrom ?passage } INSERT { <document/x-a> is:hasEvidence <evidence/background> }
WHERE { <document/x-a> is:hasEvidence ?any ; is:isReadFrom ?passage }
