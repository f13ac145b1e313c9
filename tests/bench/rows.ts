/** What is measured, and against what: issue 3's bounds. */
export type Measured = Record<string, unknown>;

export type Figure = {
	name: string;
	/** Reads the figure from what the harness printed. */
	of(measured: Measured): number;
	better: 'less' | 'more';
	/** Ours against each of these: no more than so many times theirs (at least, where more is better). */
	bounds?: Partial<Record<Server, number>>;
	/** No more than this, whatever the others do. */
	limit?: number;
	/** Who does the least that can be done: a bound beneath it is told as such. */
	floor?: Server;
};

export type Row = {
	name: string;
	command: readonly [script: string, ...options: string[]];
	servers: readonly Server[];
	figures: readonly Figure[];
};

type Server = 'ours' | 'ref-mem' | 'ref-leveldb' | 'hocus-mem' | 'hocus-sqlite' | Floor;
type Floor = 'limit-ws' | 'limit-ws-coalesce' | 'limit-state' | 'limit-least';

const words = (text: string) => text.split(' ') as [string, ...string[]];
const number = (name: string, better: Figure['better'], more: Partial<Figure> = {}): Figure => ({
	name,
	of: (measured) => Number(measured[name]),
	better,
	...more,
});
/** What the harness prints for each run, together: none of it may be more than nothing. */
const total = (name: string): Figure => ({
	name,
	of: (measured) => (measured[name] as number[]).reduce((sum, value) => sum + Math.max(0, value), 0),
	better: 'less',
	limit: 0,
});
const peers = ['ref-leveldb', 'hocus-sqlite'] as const;

const perDelivery: readonly Figure[] = [
	number('usPerDelivered', 'less', {
		bounds: { 'ref-leveldb': 0.8, 'hocus-sqlite': 0.8, 'limit-ws': 1.25 },
		floor: 'limit-least',
	}),
	number('p50us', 'less', { bounds: { 'ref-leveldb': 1, 'hocus-sqlite': 1 }, floor: 'limit-least' }),
];

export const rows: readonly Row[] = [
	{
		name: 'saturation',
		command: words('saturate.js --listeners 50 --from 1350 --step 1.6 --secs 2'),
		servers: ['ours', ...peers, 'limit-ws-coalesce'],
		figures: [number('delivered_s', 'more', { bounds: { 'hocus-sqlite': 3.4, 'ref-leveldb': 14 } })],
	},
	{
		name: 'fanout',
		command: words('wire.js --listeners 50 --rate 50 --secs 4 --runs 3 --prewarm 1500'),
		servers: ['ours', ...peers, 'limit-ws', 'limit-least'],
		figures: perDelivery,
	},
	{
		// The same a minute later: V8 compiles what is done for each update, fifty times a second, later than what is done for
		// each listener.
		name: 'fanout at work',
		command: words('wire.js --listeners 50 --rate 50 --warm 60 --secs 12 --runs 1 --prewarm 1500'),
		servers: ['ours', ...peers, 'limit-ws', 'limit-least'],
		figures: perDelivery,
	},
	{
		// Not a bound: what saturation costs, at a rate that most of them stand, steady also on a machine with other work.
		name: 'busy',
		command: words('wire.js --listeners 50 --rate 10000 --secs 3 --runs 3'),
		servers: ['ours', 'hocus-sqlite', 'limit-ws-coalesce'],
		figures: [number('usPerDelivered', 'less'), number('ratio', 'more')],
	},
	{
		name: 'rooms',
		// Bare `ws` keeps no document and no disk: what of it all the connections take.
		command: words('wire.js --docs 500 --writers 2 --listeners 0 --rate 1 --secs 6 --runs 3'),
		servers: ['ours', 'hocus-sqlite', 'limit-ws'],
		figures: [number('cpuPct', 'less', { bounds: { 'hocus-sqlite': 0.6 } }), number('rssMiB', 'less', { limit: 110 })],
	},
	{
		name: 'rooms at work',
		// The same two minutes later: what V8 compiles once in a server's life is a quarter of the six seconds above, and half a
		// minute later an eighth still.
		command: words('wire.js --docs 500 --writers 2 --listeners 0 --rate 1 --warm 120 --secs 20 --runs 1'),
		servers: ['ours', 'hocus-sqlite', 'limit-ws'],
		figures: [number('cpuPct', 'less', { bounds: { 'hocus-sqlite': 0.6 } }), number('rssMiB', 'less', { limit: 110 })],
	},
	{
		name: 'replay',
		command: words('replay.js --loads 4'),
		servers: ['ours', ...peers, 'limit-state'],
		figures: [
			number('updatesPerS', 'more', { bounds: { 'ref-leveldb': 2.5 } }),
			number('persistLagS', 'less', { limit: 1 }),
			number('amplification', 'less', { limit: 1.3 }),
			{
				name: 'load.completeMs',
				of: ({ load }) => Number((load as Measured | undefined)?.['completeMs']),
				better: 'less',
				bounds: { 'hocus-sqlite': 0.3 },
				floor: 'limit-state',
			},
			{
				// Without what the client takes to read it, which is the same for all.
				name: 'load.cpuS',
				of: ({ load }) => Number((load as Measured | undefined)?.['cpuS']),
				better: 'less',
				bounds: { 'hocus-sqlite': 0.3 },
			},
		],
	},
	{
		name: 'joins',
		command: words('join.js --joiners 150 --doc map4mb --runs 1'),
		servers: ['ours', ...peers],
		figures: [number('allSyncedMs', 'less', { bounds: { 'ref-leveldb': 0.1, 'hocus-sqlite': 0.1 } })],
	},
	{
		name: 'kills',
		command: words('durability.js --runs 20 --min 1000 --max 4000'),
		servers: ['ours', 'hocus-sqlite'],
		figures: [total('lost'), total('acksLost')],
	},
	{
		name: 'kills in a burst',
		command: words('durability.js --runs 20 --min 500 --max 2000 --rate 500'),
		servers: ['ours', 'hocus-sqlite'],
		figures: [total('lost'), total('acksLost')],
	},
	{
		// More than twice what can be served: it takes longer, and goes on.
		name: 'overload',
		command: words('wire.js --listeners 50 --rate 100000 --secs 5 --runs 2 --drain 10 --maxForeign 9'),
		servers: ['ours', 'hocus-sqlite', 'limit-ws-coalesce'],
		figures: [number('delivered_s', 'more'), number('ratio', 'more'), number('rssMiB', 'less')],
	},
	{
		name: 'presence',
		command: words('presence.js --clients 100 --hz 1'),
		servers: ['ours', ...peers, 'limit-least'],
		figures: [number('cpuUsPerTickPerViewer', 'less', { bounds: { 'ref-leveldb': 0.3 }, floor: 'limit-least' })],
	},
];

/** One line of the table: our figure, the others', and for each bound what we reach of it. */
export function judge(row: Row, figure: Figure, measured: Record<string, Measured>): Record<string, string | number> {
	const ours = measured['ours'] ? figure.of(measured['ours']) : NaN;
	const others = row.servers.slice(1).map((server) => [server, measured[server] ? figure.of(measured[server]) : NaN]);
	const kept: { text: string; met: boolean | null }[] = Object.entries(figure.bounds ?? {}).map(([server, factor]) => {
		const theirs = measured[server] ? figure.of(measured[server]) : NaN;
		// The harness says 0 for a server that did not reach its lowest rate: that is no measurement to compare with.
		if (!(ours > 0 && theirs > 0)) return { text: `${server} not comparable (bound ${factor})`, met: null };
		return { text: `${round(ours / theirs)}× ${server} (bound ${factor})`, met: meets(figure, ours, factor * theirs) };
	});
	const lowest = figure.floor && measured[figure.floor];
	const floor = lowest ? figure.of(lowest) : NaN;
	for (const [server, factor] of lowest ? Object.entries(figure.bounds ?? {}) : []) {
		const theirs = measured[server];
		const bound = theirs ? factor * figure.of(theirs) : NaN;
		const text = `${round(ours / floor)}× the floor`;
		kept.push(
			bound < floor ? { text: `${text}: the bound is ${round(bound)}, beneath it`, met: null } : { text, met: null },
		);
	}
	if (figure.limit !== undefined) kept.push({ text: `bound ${figure.limit}`, met: meets(figure, ours, figure.limit) });
	return {
		row: row.name,
		figure: figure.name,
		ours: round(ours),
		...Object.fromEntries(others.map(([server, value]) => [server, round(Number(value))])),
		bounds: kept.map(({ text, met }) => `${met === null ? '?' : met ? '✓' : '✗'} ${text}`).join('; '),
	};
}

function meets({ better }: Figure, value: number, bound: number): boolean {
	return better === 'less' ? value <= bound : value >= bound;
}

function round(value: number): number {
	return Number(value.toPrecision(3));
}
