import type { DocumentStatus } from '#lib/sync/contract.ts';
import { expect, test } from 'vitest';
import { readinessOf } from './readiness.svelte.ts';

const opening: DocumentStatus = {
	loaded: false,
	keeping: 'opening',
	connection: 'connecting',
	everSynced: false,
	waiting: 0,
	saved: false,
	serverSaves: true,
	refusal: null,
};

function ready(...statuses: Partial<DocumentStatus>[]): boolean {
	const handle = { status: opening, onStatus: () => () => undefined };
	const readiness = readinessOf(handle);
	let answer = readiness.current;
	for (const status of statuses) {
		handle.status = { ...opening, ...status };
		answer = readiness.current;
	}
	return answer;
}

test('a document is not shown before the device has been read', () => {
	expect(ready()).toBe(false);
	expect(ready({ connection: 'offline' })).toBe(false);
	expect(ready({ everSynced: true })).toBe(false);
});

test('a first visit waits for the relay, as long as one is being asked', () => {
	expect(ready({ loaded: true })).toBe(false);
	expect(ready({ loaded: true, everSynced: true })).toBe(true);
	expect(ready({ loaded: true, connection: 'offline' })).toBe(true);
	expect(ready({ loaded: true, refusal: 'not-found' })).toBe(true);
});

test('what was shown stays', () => {
	expect(ready({ loaded: true, connection: 'offline' }, { loaded: true, connection: 'connecting' })).toBe(true);
});
