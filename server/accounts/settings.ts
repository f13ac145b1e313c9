/**
 * What the association decides for itself: its name and time zone, and one row a key for everything else. Reading is
 * total: a row that an older or newer Mitschrift wrote and this one does not understand counts as its default.
 *
 * A new setting is one line in `kept`, its type in `protocol/settings.ts`, and its form in `http/settings-routes.ts`.
 */
import { mostApprovals, usualApprovals } from '#lib/domain/bulletin.ts';
import { passkeyGraceDays, type Settings, type SettingsChange } from '#lib/protocol/settings.ts';
import type { DatabaseSync } from 'node:sqlite';
import type { Associations } from './association.ts';
import { transaction } from './database.ts';
import { Refusal } from './refusal.ts';

type Kept<T> = { default: T; read(text: string): T | null; write(value: T): string };

const moment: Kept<string | null> = {
	default: null,
	read: (text) => (Number.isNaN(Date.parse(text)) ? null : text),
	write: (value) => value ?? '',
};

const approvals: Kept<number> = {
	default: usualApprovals,
	read: (text) =>
		Number.isInteger(Number(text)) && Number(text) > 0 && Number(text) <= mostApprovals ? Number(text) : null,
	write: String,
};

const kept = { passkeysFrom: moment, approvalsNeeded: approvals };
type KeptSettings = Omit<Settings, 'name' | 'timeZone'>;

const day = 24 * 3_600_000;

export type AssociationSettings = ReturnType<typeof createSettings>;

export function createSettings(
	database: DatabaseSync,
	association: Associations,
	now: () => number,
	passkeysWork = true,
) {
	const all = database.prepare('SELECT key, value FROM setting');
	const write = database.prepare(
		'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
	);

	function readKept(): KeptSettings {
		const rows = new Map(all.all().map((row) => [String(row['key']), String(row['value'])]));
		const values = Object.entries(kept).map(([key, { read, default: fallback }]) => {
			const text = rows.get(key);
			return [key, text === undefined ? fallback : (read(text) ?? fallback)];
		});
		return Object.fromEntries(values) as KeptSettings;
	}

	function keep<Key extends keyof KeptSettings>(key: Key, value: KeptSettings[Key]): void {
		write.run(key, (kept[key] as Kept<KeptSettings[Key]>).write(value));
	}

	/** Asked for again, a requirement keeps its day: nobody's time is cut short or begun anew. */
	function requirePasskeys(required: boolean): void {
		if (required && !passkeysWork) throw new Refusal('passkeys-unavailable');
		const before = readKept().passkeysFrom;
		if (required === (before !== null)) return;
		keep('passkeysFrom', required ? new Date(now() + passkeyGraceDays * day).toISOString() : null);
	}

	/** @throws Refusal `not-set-up` */
	function read(): Settings {
		const current = association.current();
		if (!current) throw new Refusal('not-set-up');
		return { ...current.association, ...readKept() };
	}

	return {
		read,
		/** Without the association's own facts: also before it is set up. */
		passkeysFrom: () => readKept().passkeysFrom,
		approvalsNeeded: () => readKept().approvalsNeeded,

		/** All of a change or nothing. @throws Refusal `not-set-up`, `passkeys-unavailable` */
		change({ passkeysRequired, approvalsNeeded, ...facts }: SettingsChange): Settings {
			return transaction(database, () => {
				association.change({ ...read(), ...facts });
				if (passkeysRequired !== undefined) requirePasskeys(passkeysRequired);
				if (approvalsNeeded !== undefined) keep('approvalsNeeded', approvalsNeeded);
				return read();
			});
		},
	};
}
