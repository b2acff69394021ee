// Removes what the build and the generator make; never what was written by hand.
import { readdirSync, rmSync } from 'node:fs';

const ROOT = new URL('../', import.meta.url);
const remove = (path) => rmSync(new URL(path, ROOT), { recursive: true, force: true });

for (const name of readdirSync(new URL('packages/', ROOT))) remove(`packages/${name}/dist/`);
remove('packages/language/src/generated/');
remove('packages/simulation/src/generated/');
remove('out/');
remove('coverage/');
