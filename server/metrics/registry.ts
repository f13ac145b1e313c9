/**
 * Numbers for Prometheus, in its text format, version 0.0.4:
 * https://prometheus.io/docs/instrumenting/exposition_formats/. Labels hold codes only, never what people send.
 */

type Labels = Readonly<Record<string, string>>;
type Sample = { suffix: string; labels: Labels; value: number };
type Family = { name: string; help: string; type: 'counter' | 'gauge' | 'histogram'; read(): Sample[] };

export type Counter = (by: number, labels?: Labels) => void;
export type Histogram = (value: number) => void;

export class Registry {
	readonly #families: Family[] = [];

	/** One that has no labels is shown from the start, as 0. */
	counter(name: string, help: string, { labelled = false } = {}): Counter {
		const values = new Map<string, { labels: Labels; value: number }>();
		if (!labelled) values.set('{}', { labels: {}, value: 0 });
		const read = () => [...values.values()].map((one) => ({ suffix: '', ...one }));
		this.#families.push({ name, help, type: 'counter', read });
		return (by, labels = {}) => {
			const key = JSON.stringify(labels);
			values.set(key, { labels, value: (values.get(key)?.value ?? 0) + by });
		};
	}

	/** What somebody else counts. @param read asked when somebody looks; never less than before */
	total(name: string, help: string, read: () => number): void {
		this.#families.push({ name, help, type: 'counter', read: () => [{ suffix: '', labels: {}, value: read() }] });
	}

	/** @param read asked when somebody looks */
	gauge(name: string, help: string, read: () => number): void {
		this.#families.push({ name, help, type: 'gauge', read: () => [{ suffix: '', labels: {}, value: read() }] });
	}

	/** @param bounds upper bounds, rising; one without bound is added */
	histogram(name: string, help: string, bounds: readonly number[]): Histogram {
		const all = [...bounds, Infinity];
		const counts = all.map(() => 0);
		let sum = 0;
		const read = () => {
			let count = 0;
			const buckets = all.map((bound, at) => ({
				suffix: '_bucket',
				labels: { le: bound === Infinity ? '+Inf' : String(bound) },
				value: (count += counts[at] ?? 0),
			}));
			return [...buckets, { suffix: '_sum', labels: {}, value: sum }, { suffix: '_count', labels: {}, value: count }];
		};
		this.#families.push({ name, help, type: 'histogram', read });
		return (value) => {
			sum += value;
			const at = all.findIndex((bound) => value <= bound);
			counts[at] = (counts[at] ?? 0) + 1;
		};
	}

	toText(): string {
		return this.#families.map(familyText).join('');
	}
}

function familyText({ name, help, type, read }: Family): string {
	const lines = read().map(({ suffix, labels, value }) => `${name}${suffix}${labelText(labels)} ${value}\n`);
	return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function labelText(labels: Labels): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${value.replaceAll(/["\\\n]/g, '\\$&')}"`);
	return pairs.length > 0 ? `{${pairs.join()}}` : '';
}
