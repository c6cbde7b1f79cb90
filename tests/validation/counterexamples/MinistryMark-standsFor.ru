# valid: printed
DELETE { <printed-text/x-mark> is:standsFor ?any } INSERT { <printed-text/x-mark> is:standsFor <institution/base> } WHERE { <printed-text/x-mark> is:standsFor ?any }
