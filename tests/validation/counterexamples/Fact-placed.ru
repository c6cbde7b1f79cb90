# valid: document
DELETE { <furniture/x-a> is:hasEvidence ?any } INSERT { <furniture/x-a> is:hasEvidence <evidence/placed> } WHERE { <furniture/x-a> is:hasEvidence ?any }
