# valid: who
DELETE { <role/x-a> is:isRoleIn ?any } INSERT { <role/x-a> is:isRoleIn <institution/x-b> } WHERE { <role/x-a> is:isRoleIn ?any }
