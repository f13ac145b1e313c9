import { overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { beforeEach, expect, test } from 'vitest';
import { documentStateWords } from './document-status-words.ts';
import { atRisk, statusWords } from './status-words.ts';

type DocumentStatus = Parameters<typeof documentStateWords>[0];

const saved: DocumentStatus = {
	loaded: true,
	keeping: 'kept',
	connection: 'online',
	everSynced: true,
	waiting: 0,
	saved: true,
	serverSaves: true,
	refusal: null,
};
const offline: DocumentStatus = { ...saved, connection: 'offline', saved: false, waiting: 2 };

beforeEach(() => overwriteGetLocale(() => 'de'));

test('each state has the words of the interface’s table', () => {
	const words = (state: Parameters<typeof statusWords>[0]['state'], waiting = 3) =>
		statusWords({ state, waiting }).text;
	expect(words('saved', 0)).toBe('Gespeichert');
	expect(words('saving')).toBe('Wird gesichert (3)');
	expect(words('offline')).toBe('Offline – auf diesem Gerät gespeichert (3)');
	expect(words('cannot-save')).toBe('Der Server kann gerade nicht speichern – auf diesem Gerät gespeichert (3)');
	expect(words('cannot-save', 0)).toBe('Der Server kann gerade nicht speichern');
	expect(words('not-kept')).toBe('Achtung: Auf diesem Gerät wird nichts gespeichert');
	expect(words('outdated')).toBe('Bitte aktualisieren – nur Lesen');
	expect(words('signed-out')).toBe('Angemeldet bleiben nicht möglich');
	expect(statusWords({ state: 'offline', waiting: 1 }).short).toBe('Offline – 1 wartet');
});

test('a document is called saved only when the relay has it', () => {
	expect(documentStateWords(saved).text).toBe('Gespeichert');
	expect(documentStateWords({ ...saved, saved: false }).text).toBe('Wird abgeglichen');
	expect(documentStateWords(offline).text).toBe('Offline – auf diesem Gerät gespeichert (2)');
	expect(documentStateWords({ ...offline, serverSaves: false }).text).toBe(
		'Der Server kann gerade nicht speichern – auf diesem Gerät gespeichert (2)',
	);
	expect(documentStateWords({ ...offline, keeping: 'full' }).tone).toBe('bad');
	expect(documentStateWords({ ...offline, refusal: 'forbidden' }).tone).toBe('bad');
});

test('leaving asks only where something unsaved would be gone', () => {
	const at = (status: DocumentStatus) =>
		atRisk({
			state: 'offline',
			waiting: 0,
			documents: [{ name: 'agenda:a', status }],
			fetched: { done: 0, of: 0 },
		}).length;
	expect(at(offline)).toBe(0);
	expect(at({ ...offline, keeping: 'denied' })).toBe(1);
	expect(at({ ...offline, keeping: 'opening' })).toBe(1);
	expect(at({ ...saved, keeping: 'denied' })).toBe(0);
});
