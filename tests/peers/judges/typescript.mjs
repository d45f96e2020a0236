// SPDX-License-Identifier: GPL-3.0-or-later
// typescript.mjs ROOT NAME...: what the SDK makes of ROOT/NAME/typescript, one line of JSON each:
//   {"name", "error": "..."} or {"name", "artifacts": [{"type", "name", "content"}, ...]}
// ROOT/node_modules has the SDK. No account and no network are needed; the token is never used.

import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [root, ...names] = process.argv.slice(2);
const sdk = join(root, "node_modules", "@tinybirdco", "sdk", "dist", "cli", "commands", "generate.js");
const { runGenerate } = await import(pathToFileURL(sdk).href);

process.env.TINYBIRD_TOKEN = "none";
for (const name of names) {
  const { success, error, artifacts } = await runGenerate({ cwd: join(root, name, "typescript") });
  console.log(JSON.stringify(success ? { name, artifacts } : { name, error: String(error) }));
}
