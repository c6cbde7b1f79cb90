# valid: who
DELETE WHERE { <role/x-a> is:isRoleIn ?any }
