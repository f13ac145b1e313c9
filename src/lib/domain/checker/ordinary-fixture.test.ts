/** Long texts that nobody wrote for this checker, from outside the project: what it says of them is a false alarm. */
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { checkText } from './check-text.ts';
import { testCalendar } from './corpus/calendar.ts';

const folder = new URL('../../../../../shared/fixtures/traces/', import.meta.url);
const found = existsSync(folder);
if (!found) console.warn('skipped: ../shared/fixtures is not here, so the checker is counted on our own pages only');

/** Characters of a typed page. */
const page = 1800;

test.skipIf(!found).each(['automerge-paper', 'friendsforever', 'sveltecomponent'])(
	'false alarms in %s stay under one in two pages',
	(name) => {
		const packed = readFileSync(new URL(`${name}.json.gz`, folder));
		const { endContent } = JSON.parse(gunzipSync(packed).toString()) as { endContent: string };
		const paragraphs = endContent.split(/\n+/);
		const alarms = paragraphs.flatMap((text) =>
			checkText(text, testCalendar).map(({ says, from, to }) => `${says.kind}: ${text.slice(from, to)}`),
		);
		const pages = endContent.length / page;
		console.info(`${name}: ${alarms.length} alarms on ${pages.toFixed(1)} pages`, alarms);
		expect(alarms.length / pages).toBeLessThan(1 / 2);
	},
);
