# valid: domain
DELETE WHERE { <domain-attribution/x-a> is:isAttributionOf ?any }
