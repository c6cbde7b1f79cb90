# valid: document
DELETE DATA { <reading/x-a> is:hasEvidence <evidence/placed> } ; INSERT DATA { <reading/x-a> is:hasEvidence <evidence/stated> }
