// Reads RDF files with JavaScript's readers and writes each as N-Quads beside it: node read.mjs READER=FILE …
import { readFileSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import jsonld from "jsonld";
import N3 from "n3";
import { RdfXmlParser } from "rdfxml-streaming-parser";

const FORMATS = { ttl: "text/turtle", nt: "application/n-triples", nq: "application/n-quads", trig: "application/trig" };

function write(quads, file) {
  const writer = new N3.Writer({ format: "application/n-quads" });
  writeFileSync(file, writer.quadsToString(quads));
}

const readers = {
  n3: (file) => new N3.Parser({ format: FORMATS[file.split(".").pop()] }).parse(readFileSync(file, "utf8")),
  rdfxml: (file) => new Promise((resolve, reject) => {
    const quads = [];
    // In one piece: given bytes, it breaks characters that lie across two of them.
    Readable.from([readFileSync(file, "utf8")]).pipe(new RdfXmlParser())
      .on("data", (quad) => quads.push(quad)).on("error", reject).on("end", () => resolve(quads));
  }),
};

for (const job of process.argv.slice(2)) {
  const [reader, file] = job.split("=");
  const out = `${file}.${reader}.nq`;
  if (reader === "jsonld") {
    const noNet = async (url) => { throw new Error(`asked for ${url}`); };
    const text = await jsonld.toRDF(JSON.parse(readFileSync(file, "utf8")), { format: "application/n-quads", documentLoader: noNet });
    writeFileSync(out, text);
  } else {
    write(await readers[reader](file), out);
  }
}
