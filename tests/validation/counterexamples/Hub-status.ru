# valid: who
DELETE { <hub/x-a> is:hasHubStatus ?any } INSERT { <hub/x-a> is:hasHubStatus <hub-status/funded> } WHERE { <hub/x-a> is:hasHubStatus ?any }
