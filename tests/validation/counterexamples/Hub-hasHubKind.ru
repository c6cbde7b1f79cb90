# valid: who
DELETE { <hub/x-a> is:hasHubKind ?any } INSERT { <hub/x-a> is:hasHubKind <hub-status/planned> } WHERE { <hub/x-a> is:hasHubKind ?any }
