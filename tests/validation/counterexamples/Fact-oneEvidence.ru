# valid: document
INSERT DATA { <furniture/x-a> is:hasEvidence <evidence/placed> ; skos:note "Or so."@en , "または。"@ja }
