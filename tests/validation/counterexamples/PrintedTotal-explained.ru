# valid: total
DELETE { <printed-total/x-a> is:amount ?amount ; is:printedAmount ?printed } INSERT { <printed-total/x-a> is:amount 9900000000 ; is:printedAmount "約99億円" }
WHERE { <printed-total/x-a> is:amount ?amount ; is:printedAmount ?printed }
