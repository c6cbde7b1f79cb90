"""Redirect rules: how a web host serves the dataset's IRIs as HTML, Turtle or JSON-LD, as the client asks."""

from __future__ import annotations

HTACCESS = """# Apache: content negotiation for the IRIs of this site; needs mod_rewrite, mod_mime.
AddType text/turtle .ttl
AddType application/ld+json .jsonld
AddType application/n-quads .nq
AddType application/trig .trig
AddType text/csv .csv
AddType application/vnd.openxmlformats-officedocument.spreadsheetml.sheet .xlsx
AddDefaultCharset utf-8
Options -MultiViews
RewriteEngine On

RewriteRule ^ontology/?$ - [E=PLACE:ontology]
RewriteCond %{HTTP_ACCEPT} text/turtle [NC]
RewriteRule ^ontology/?$ ontology.ttl [R=303,L]
RewriteCond %{HTTP_ACCEPT} application/ld\\+json [NC]
RewriteRule ^ontology/?$ ontology.jsonld [R=303,L]
RewriteRule ^ontology$ ontology/index.html [R=303,L]
RewriteRule ^ontology/[0-9.]+$ ontology.ttl [R=303,L]

RewriteCond %{HTTP_ACCEPT} text/turtle [NC]
RewriteCond %{REQUEST_FILENAME}.ttl -f
RewriteRule ^(.+)$ $1.ttl [R=303,L]
RewriteCond %{HTTP_ACCEPT} application/ld\\+json [NC]
RewriteCond %{REQUEST_FILENAME}.jsonld -f
RewriteRule ^(.+)$ $1.jsonld [R=303,L]
RewriteCond %{REQUEST_FILENAME}.html -f
RewriteRule ^(.+)$ $1.html [R=303,L]
"""

NGINX = """# nginx: put the map into http { } and the locations into server { }; root is the folder of the release.
map $http_accept $form {
    default                    html;
    "~*text/turtle"            ttl;
    "~*application/ld\\+json"   jsonld;
}
types {
    text/html            html;
    text/css             css;
    text/turtle          ttl;
    application/ld+json  jsonld;
    application/n-quads  nq;
    application/trig     trig;
    text/csv             csv;
    application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx;
    image/svg+xml        svg;
}
location = /ontology { rewrite ^ /ontology.$form redirect; }
location ~ ^/ontology/[0-9.]+$ { return 303 /ontology.ttl; }
location ~ ^/(id|graph|shape|query|dataset)(/[^.]+)?$ {
    try_files $uri $uri.$form =404;
    return 303 $uri.$form;
}
"""

W3ID = """# w3id.org: the file innovation-strategy/.htaccess; HOST is the address of the release.
Options +FollowSymLinks
RewriteEngine on
RewriteRule ^(.*)$ HOST/$1 [R=303,L]
"""
