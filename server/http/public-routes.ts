/**
 * What is published, for everybody, under `/b/`. No session is looked at, and an answer is made once: it is kept, encoded,
 * until something is published or withdrawn, so asking often costs little. What is kept is bounded, whatever is asked for,
 * and so is how often one address may ask. Nothing of it is made of what a request says of its host, so whoever keeps it,
 * here or on the way, keeps no stranger's word.
 */
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { pagePolicy } from '../publishing/page-style.ts';
import type { Shown } from '../publishing/public-site.ts';
import { addressIn } from './client-address.ts';
import type { Services } from './environment.ts';
import { publicOriginOf } from './origin.ts';
import { answer, type StaticFile } from './static-files.ts';
import type { Bytes, Kept } from './open-files.ts';

const keptAtMost = 100;

const types = { html: 'text/html; charset=utf-8', feed: 'application/atom+xml; charset=utf-8' } as const;

const tooOften =
	'Von dieser Adresse wird gerade zu oft gelesen. Bitte gleich noch einmal.\nToo many requests from this address. Please try again in a moment.\n';

type Answer = { file: StaticFile; status: Shown['status'] };

export function publicRoutes({ site, origins, strangers }: Pick<Services, 'site' | 'origins' | 'strangers'>): Hono {
	const kept = new Map<string, Answer>();
	let edition = '';

	/** @param key all that the answer depends on, beside what is published */
	function made(key: string, make: () => Shown, type: keyof typeof types): Answer {
		if (edition !== site.edition()) kept.clear();
		edition = site.edition();
		const known = kept.get(key);
		if (known) return known;
		const shown = make();
		const answer = { file: encoded(shown.text, types[type]), status: shown.status };
		// Names that somebody made up are countless: what is not there is not kept.
		if (shown.status === 404) return answer;
		const oldest = kept.keys().next().value;
		if (kept.size >= keptAtMost && oldest !== undefined) kept.delete(oldest);
		kept.set(key, answer);
		return answer;
	}

	function show(context: Context, make: (origin: string | null) => Shown, type: keyof typeof types = 'html') {
		const origin = publicOriginOf(context.req.header('host'), origins);
		const { file, status } = made(`${origin ?? ''} ${context.req.path}`, () => make(origin), type);
		context.header('content-security-policy', pagePolicy);
		return answer(context, file, status);
	}

	const paced: MiddlewareHandler = async (context, next) => {
		const wait = strangers.readers.take(addressIn(context, strangers.addressOf));
		if (wait === 0) return next();
		context.header('retry-after', String(Math.ceil(wait / 1000)));
		return context.text(tooOften, 429);
	};

	return new Hono()
		.use('/b/*', paced)
		.get('/b', (context) => context.redirect('/b/', 301))
		.get('/b/', (context) => show(context, site.index))
		.get('/b/feed.xml', (context) => show(context, site.feed, 'feed'))
		.get('/b/:name', (context) => show(context, (origin) => site.page(origin, context.req.param('name'), null)))
		.get('/b/:name/:version{[1-9][0-9]{0,4}}', (context) => {
			const { name, version } = context.req.param();
			return show(context, (origin) => site.page(origin, name, Number(version)));
		})
		.get('/b/*', (context) => show(context, site.missing));
}

function encoded(text: string, type: string): StaticFile {
	const plain = new Uint8Array(Buffer.from(text));
	return {
		type,
		tag: createHash('sha256').update(plain).digest('base64url').slice(0, 22),
		// A correction counts at once: a cache asks whether it still has the right one.
		cache: 'public, no-cache',
		plain: inMemory(plain),
		br: inMemory(new Uint8Array(brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } }))),
		gzip: inMemory(new Uint8Array(gzipSync(plain))),
	};
}

const inMemory = (bytes: Bytes): Kept => ({ size: bytes.length, read: () => bytes });
