/** The suggestions on a paragraph, `join` and `chg`, and on its marks, `fmt`: who, when, and what it was. */
import { headingLevels, listKinds, maxIndent } from '#lib/documents/body-gate.ts';
import type { Attributes } from '#lib/documents/rich-body.ts';

export type Authored = { by: string; at: number; id: string };

/** @returns null for what is not readable */
export function readAuthored(value: unknown): (Authored & { was: unknown }) | null {
	try {
		const given: unknown = typeof value === 'string' ? JSON.parse(value) : value;
		if (typeof given !== 'object' || given === null) return null;
		const { by, at, id, was } = given as Record<string, unknown>;
		return typeof by === 'string' && typeof at === 'number' ? { by, at, id: String(id ?? ''), was } : null;
	} catch {
		return null;
	}
}

export function writeAuthored({ by, at, id }: Authored, was?: Attributes): string {
	return JSON.stringify(was ? { by, at, id, was } : { by, at, id });
}

/** What a paragraph was, out of `chg`. */
export function readWas(was: unknown): Attributes {
	const given = (typeof was === 'object' && was !== null ? was : {}) as Record<string, unknown>;
	return {
		...(headingLevels.some((level) => level === given.level) ? { level: given.level } : {}),
		...(listKinds.some((kind) => kind === given.list) ? { list: given.list } : {}),
		...(Number.isInteger(given.indent) && Number(given.indent) > 0
			? { indent: Math.min(maxIndent, Number(given.indent)) }
			: {}),
		...(given.checked === true ? { checked: true } : {}),
	};
}
