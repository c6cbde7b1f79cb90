# valid: strategy
DELETE WHERE { <indicator-value/x-b> ?p ?o } ;
DELETE WHERE { <indicator-value/x-c> ?q ?r }
