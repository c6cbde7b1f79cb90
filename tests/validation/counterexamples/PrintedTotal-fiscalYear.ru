# valid: total
DELETE WHERE { <printed-total/x-a> is:fiscalYear ?any }
