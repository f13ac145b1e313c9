/**
 * Under which name a mark is stored. Of some marks several may stand on one text, of different people and times: each of
 * these has a name of its own, made from its attributes, so that two people's marks never overwrite each other. Whoever
 * writes marks into a body names them by this function (it is y-prosemirror's rule); `markName` reads the mark's kind back.
 */
import * as buffer from 'lib0/buffer';
import * as sha256 from 'lib0/hash/sha256';
import { bodyMarks } from './body-gate.ts';

/** The marks that stand beside others of their kind. */
export const severalMarks: ReadonlySet<string> = new Set(['ins', 'del', 'brk', 'fmt', 'comment']);

export function markKey(name: string, attributes: Readonly<Record<string, unknown>>): string {
	if (!severalMarks.has(name)) return name;
	// An optional attribute that is absent does not change the name.
	const known = Object.entries(bodyMarks[name] ?? {}).flatMap(([key, check]) =>
		attributes[key] == null && check(undefined) ? [] : [key],
	);
	const attrs = Object.fromEntries(known.map((key) => [key, attributes[key]]));
	return `${name}--${hashOf(known.length > 0 ? { type: name, attrs } : { type: name })}`;
}

function hashOf(value: Record<string, unknown>): string {
	const digest = sha256.digest(buffer.encodeAny(value));
	const short = digest.slice(0, 6);
	for (let at = 6; at < digest.length; at++) short[at % 6] = (short[at % 6] ?? 0) ^ (digest[at] ?? 0);
	// lib0's own has another way for Node, and takes a worker for that.
	return btoa(String.fromCharCode(...short));
}
