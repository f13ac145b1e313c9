/**
 * The icons of lucide, without lucide's component around them: it has options for everything, and each icon came with a
 * wrapper of its own. A file in a form that is not known stays as it is.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';

const iconFile = /lucide\/svelte\/dist\/icons\/[\w-]+\.js$/;
const drawnIn = /^export \{ default \} from "(\.\/[\w-]+\.svelte)";$/m;
const data = /^const iconData = (\{.*\});$/m;

export const plainIcons: Plugin = {
	name: 'plain-icons',
	transform(code, id) {
		const drawn = iconFile.test(id) && drawnIn.exec(code)?.[1];
		const found = drawn && data.exec(readFileSync(path.join(path.dirname(id), drawn), 'utf8'))?.[1];
		if (!found) return null;
		const { size, node } = JSON.parse(found) as { size: unknown; node: unknown };
		if (size !== 24) return null;
		const from = path.join(import.meta.dirname, 'lib', 'ui', 'drawn-icon.ts');
		return {
			code: `import { drawnIcon } from ${JSON.stringify(from)};\nexport default /*#__PURE__*/ drawnIcon(${JSON.stringify(node)});`,
			map: null,
		};
	},
};
