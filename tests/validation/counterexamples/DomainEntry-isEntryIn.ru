# valid: domain
DELETE { <domain-entry/x-a> is:isEntryIn ?any } INSERT { <domain-entry/x-a> is:isEntryIn <document/base> } WHERE { <domain-entry/x-a> is:isEntryIn ?any }
