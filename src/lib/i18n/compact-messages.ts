/**
 * For the build: every compiled message carries a function that chooses the language, the same for all but two names. One
 * function for all of them, called with the texts, is a fifteenth less to fetch before Start is shown. A message in a
 * form that is not known stays as it is.
 */
import type { Plugin } from 'vite';

const message = /paraglide[/\\]messages[/\\](?!_index)\w+\.js$/;
const choosing =
	/\(\(inputs(?: = \{\})?, options = \{\}\) => \{\s*const locale = experimentalStaticLocale \?\? options\.locale \?\? getLocale\(\)\s*if \(locale === "en"\) return (en_\w+)\(inputs\)\s*return (de_\w+)\(inputs\)\s*\}\);?/g;

export const compactMessages: Plugin = {
	name: 'compact-messages',
	apply: 'build',
	transform(code, id) {
		if (!message.test(id)) return null;
		const compact = code.replace(choosing, '/*#__PURE__*/ choose($2, $1);');
		if (compact === code) return null;
		const kept = compact.replace(/^import \{ getLocale, experimentalStaticLocale \} from .*$/m, '');
		return { code: `import { choose } from '../../choose.ts';\n${kept}`, map: null };
	},
};
