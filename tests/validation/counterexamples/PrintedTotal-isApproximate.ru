# valid: total
DELETE WHERE { <printed-total/x-a> is:isApproximate ?any }
