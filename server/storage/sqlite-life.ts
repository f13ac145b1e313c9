/**
 * When devices may have been left with more than the data holds: a backup was put back, or the machine fell while the
 * server ran and took along what was written and not yet synced. The end of the process alone loses nothing. It is kept
 * in the data file, because devices come back when they come back.
 */
import { uptime } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';

export type Life = {
	/** Milliseconds since 1970; null: never. */
	readonly lossPossibleSince: number | null;
	/** Something may have been lost now. */
	noteLoss(): void;
	/** The server ends in good order. */
	end(): void;
};

export type Moment = {
	/** Milliseconds since 1970. */
	now(): number;
	/** When the machine began to run, on the same clock. */
	bootedAt: number;
};

export const lifeSchema = `
CREATE TABLE IF NOT EXISTS life (
	only INTEGER PRIMARY KEY CHECK (only = 1),
	running_since_boot INTEGER,
	loss_possible_since INTEGER
) STRICT;
`;

/** The clock may have been set, and is never read at the same moment as the uptime. Milliseconds. */
const sameBoot = 60_000;

export function beginLife(database: DatabaseSync, { now, bootedAt }: Moment): Life {
	let since: number | null = null;
	function write(running: number | null): void {
		database.prepare('INSERT OR REPLACE INTO life VALUES (1, ?, ?)').run(running, since);
	}
	const before = database.prepare('SELECT running_since_boot, loss_possible_since FROM life').get();
	since = toNumber(before?.['loss_possible_since']);
	const running = toNumber(before?.['running_since_boot']);
	if (running !== null && !isSameBoot(running, bootedAt)) since = now();
	attempt(() => write(bootedAt));
	return {
		get lossPossibleSince() {
			return since;
		},
		noteLoss() {
			since = now();
			attempt(() => write(bootedAt));
		},
		end: () => attempt(() => write(null)),
	};
}

/** Of two times at which the machine began to run. Milliseconds since 1970. */
export function isSameBoot(one: number, other: number): boolean {
	return Math.abs(one - other) <= sameBoot;
}

/** Of a data file that nobody uses: it was put back from a backup. */
export function noteRestored(database: DatabaseSync, now: number): void {
	database.exec(lifeSchema);
	database.prepare('INSERT OR REPLACE INTO life VALUES (1, NULL, ?)').run(now);
}

function toNumber(value: unknown): number | null {
	return value === null || value === undefined ? null : Number(value);
}

export function systemMoment(): Moment {
	return { now: Date.now, bootedAt: Math.round(Date.now() - uptime() * 1000) };
}

/** A server also starts and stops on a full disk. */
export function attempt(write: () => unknown): void {
	try {
		write();
	} catch {
		return;
	}
}
