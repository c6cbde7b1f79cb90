# valid: total
DELETE WHERE { <printed-total/x-a> is:roundingUnit ?any }
