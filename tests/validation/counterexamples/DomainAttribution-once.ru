# valid: domain
# with: DomainAttribution-extent — a domain given twice as whole is one of several
INSERT { <domain-attribution/x-b> ?property ?value } WHERE { <domain-attribution/x-a> ?property ?value }
