# valid: domain
DELETE WHERE { <domain-attribution/x-a> is:hasExtent ?any }
