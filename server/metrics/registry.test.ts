import { expect, test } from 'vitest';
import { Registry } from './registry.ts';

test('the text is Prometheus’s: help, type, labels, buckets that hold all smaller ones', () => {
	const registry = new Registry();
	const count = registry.counter('seen_total', 'Seen.', { labelled: true });
	const latency = registry.histogram('took_seconds', 'Took.', [0.1, 1]);
	registry.gauge('open', 'Open.', () => 3);
	registry.counter('plain_total', 'Plain.');
	count(1, { reason: 'a "quoted"\\' });
	count(2, { reason: 'a "quoted"\\' });
	for (const value of [0.05, 0.5, 5]) latency(value);
	expect(registry.toText()).toBe(
		[
			'# HELP seen_total Seen.',
			'# TYPE seen_total counter',
			'seen_total{reason="a \\"quoted\\"\\\\"} 3',
			'# HELP took_seconds Took.',
			'# TYPE took_seconds histogram',
			'took_seconds_bucket{le="0.1"} 1',
			'took_seconds_bucket{le="1"} 2',
			'took_seconds_bucket{le="+Inf"} 3',
			'took_seconds_sum 5.55',
			'took_seconds_count 3',
			'# HELP open Open.',
			'# TYPE open gauge',
			'open 3',
			'# HELP plain_total Plain.',
			'# TYPE plain_total counter',
			'plain_total 0',
			'',
		].join('\n'),
	);
});
