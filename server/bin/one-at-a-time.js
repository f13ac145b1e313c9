/**
 * Installing and building change one folder, and two at once (an impatient second start, `npm test` beside `npm start`)
 * would pull it from under each other. The second waits. A lock is a file that names its holder, who touches it every
 * second: one whose holder has ended, or that nobody touches any more (another process may have got the number), was left
 * behind.
 */
import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** Milliseconds without a touch after which a lock is nobody's. */
export const staleAfter = 15_000;

/**
 * @template T
 * @param {string} lock a file that exists while somebody is at work
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function oneAtATime(lock, work) {
	mkdirSync(path.dirname(lock), { recursive: true });
	for (let tries = 0; !take(lock); tries++) {
		if (tries === 0) console.log('Another start is installing or building here: waiting for it …');
		await wait(200);
	}
	const touching = setInterval(() => touch(lock), 1000);
	try {
		return await work();
	} finally {
		clearInterval(touching);
		rmSync(lock, { force: true });
	}
}

/** @param {string} lock */
function take(lock) {
	if (Date.now() - touchedAt(lock) > staleAfter || hasEnded(lock)) rmSync(lock, { force: true });
	try {
		writeFileSync(lock, String(process.pid), { flag: 'wx' });
		return true;
	} catch (cause) {
		if (/** @type {NodeJS.ErrnoException} */ (cause).code === 'EEXIST') return false;
		throw cause;
	}
}

/** @param {string} lock */
function touchedAt(lock) {
	return statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}

/** @param {string} lock */
function hasEnded(lock) {
	try {
		process.kill(Number(readFileSync(lock, 'utf8')), 0);
		return false;
	} catch (cause) {
		return /** @type {NodeJS.ErrnoException} */ (cause).code === 'ESRCH';
	}
}

/** @param {string} lock */
function touch(lock) {
	try {
		utimesSync(lock, new Date(), new Date());
	} catch {
		// Somebody cleared the folder away under us; whoever comes next takes the lock anew.
	}
}
