# valid: money
DELETE { <appropriation/x-a> is:amount ?any } INSERT { <appropriation/x-a> is:amount 3300000000 } WHERE { <appropriation/x-a> is:amount ?any }
