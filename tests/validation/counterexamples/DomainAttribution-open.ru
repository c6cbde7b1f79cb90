# valid: domain
DELETE { <domain-attribution/x-a> is:hasEvidence ?any ; skos:note ?note }
INSERT { <domain-attribution/x-a> is:hasEvidence <evidence/placed> ; skos:note "Read from the heading."@en , "見出しから読み取った。"@ja }
WHERE { <domain-attribution/x-a> is:hasEvidence ?any ; skos:note ?note }
