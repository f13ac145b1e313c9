/**
 * Of what stands in a document, the part that is about one person: what is handed out to them names nobody else and holds
 * nothing that names only others. Words that somebody wrote are not understood: of them the lines stay that name the person.
 */
export type AboutOne = {
	/** Whether the person is named in it. */
	names(value: unknown): boolean;
	/** The part of a value that is about the person. */
	part(value: unknown): unknown;
	/** As it stands, without other people's ids. */
	masked(value: unknown): unknown;
	line(text: string): string;
};

/** Stands for somebody else. */
export const another = '…';

/** @param others everyone else's ids */
export function createAboutOne(id: string, others: ReadonlySet<string>): AboutOne {
	const names = (value: unknown) => (JSON.stringify(value) ?? '').includes(id);
	const words = /[A-Za-z0-9_-]+/g;
	const line = (text: string) => text.replace(words, (word) => (others.has(word) ? another : word));

	function masked(value: unknown): unknown {
		if (typeof value === 'string') return line(value);
		if (Array.isArray(value)) return value.filter((one) => !isAnother(one)).map(masked);
		if (!isObject(value)) return value;
		return Object.fromEntries(
			Object.entries(value)
				.filter(([key]) => !isAnother(key))
				.map(([key, one]) => [key, masked(one)]),
		);
	}

	function part(value: unknown): unknown {
		if (typeof value === 'string') return line(linesOf(value, id));
		if (Array.isArray(value)) return value.filter(names).map(part);
		if (!isObject(value)) return value;
		const entries = Object.entries(value);
		// A record that names the person itself is about them with all its plain fields; one that only holds such a record is not.
		const direct = entries.some(([, one]) => typeof one === 'string' && one.includes(id));
		return Object.fromEntries(
			entries
				.filter(([key, one]) => key.includes(id) || names(one) || (direct && !isObject(one) && !Array.isArray(one)))
				.filter(([key]) => !isAnother(key))
				.map(([key, one]) => [key, key.includes(id) || !names(one) ? masked(one) : part(one)]),
		);
	}

	function isAnother(value: unknown): boolean {
		return typeof value === 'string' && others.has(value);
	}

	return { names, part, masked, line };
}

function linesOf(text: string, id: string): string {
	return text
		.split('\n')
		.filter((line) => line.includes(id))
		.join('\n');
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}
