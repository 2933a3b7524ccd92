// Bundles raprong/web/assets into raprong/web/static/raprong, fonts beside the style sheet that names them, and puts a
// packed copy beside each text: the server hands that out to browsers that can unpack it, which is all of today's.
// Of Tabler's style sheet only the rules stay whose classes are named somewhere in our pages or scripts.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { PurgeCSS } from "purgecss";

const outdir = "raprong/web/static/raprong";

await rm(outdir, { recursive: true, force: true });

const areas = (await readdir("raprong/web/assets/areas")).map((name) => `areas/${name}`);

const WHO_NAMES_CLASSES = ["raprong/web/**/*.{html,py}", "raprong/web/assets/**/*.js"];

const onlyWhatIsUsed = {
  name: "only what is used",
  setup: ({ onLoad }) =>
    onLoad({ filter: /tabler\.min\.css$/ }, async ({ path }) => {
      const [{ css }] = await new PurgeCSS().purge({ content: WHO_NAMES_CLASSES, css: [path] });
      return { contents: css, loader: "css" };
    }),
};

const { metafile } = await build({
  entryPoints: ["app.css", "app.js", "charts.js", ...areas].map((name) => `raprong/web/assets/${name}`),
  outdir,
  bundle: true,
  minify: true,
  sourcemap: false,
  target: ["es2022", "chrome115", "firefox115", "safari16.4"],
  format: "iife",
  loader: { ".woff2": "file", ".woff": "file", ".svg": "file", ".png": "file" },
  assetNames: "files/[name]-[hash]",
  legalComments: "external",
  metafile: true,
  plugins: [onlyWhatIsUsed],
  logLevel: "warning",
}).catch(() => process.exit(1)); // esbuild has said what is wrong

const kB = (bytes) => `${(bytes / 1024).toFixed(0)} kB`;

for (const [path, { bytes }] of Object.entries(metafile.outputs)) {
  if (/\.(css|js)$/.test(path)) {
    const text = await readFile(path);
    const packed = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } });
    await writeFile(`${path}.br`, packed);
    await writeFile(`${path}.gz`, gzipSync(text, { level: 9 }));
    console.log(`  ${path}  ${kB(bytes)}, packed ${kB(packed.length)}`);
  }
}
