/**
 * `npm run let-in -- NAME`, or an id: a one-time way in for an admin who has lost every device, printed for whoever may use the
 * server's terminal. It works while the server runs and when it is stopped: like an invitation, it is a row in the data.
 */
import { formatCode } from '#lib/protocol/entry-code.ts';
import type { Person } from '#lib/protocol/api.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { type Accounts, openAccounts } from './accounts/accounts.ts';
import { type Config, ConfigError, dataFileOf, readConfig } from './config.ts';

process.umask(0o077);
try {
	const config = readConfig(process.env, path.resolve(import.meta.dirname, '..'));
	for (const line of letIn(config, process.argv.slice(2).join(' ').trim())) console.log(line);
} catch (cause) {
	if (!(cause instanceof ConfigError)) throw cause;
	console.error(cause.message);
	process.exitCode = 1;
}

/** @param name of an admin; empty where there is only one */
function letIn(config: Config, name: string): string[] {
	const file = dataFileOf(config);
	if (!existsSync(file)) throw new ConfigError(`There is no data in ${config.dataFolder}: see MITSCHRIFT_DATA.`);
	const accounts = openAccounts(file);
	try {
		const admin = chooseAdmin(accounts, name);
		const { token, code } = accounts.audit.recording(
			() => accounts.invitations.invite({ personId: admin.id }, null),
			() => ({ kind: 'invited', by: null, about: admin.id, detail: { role: admin.role } }),
		);
		const origin = config.origins[0] ?? `http://localhost:${config.port}`;
		return [
			`This link signs ${admin.name} in on one device, once, within five days: ${origin}/join#${token}`,
			`Or type this code where Mitschrift asks for one: ${formatCode(code)}`,
		];
	} finally {
		accounts.close();
	}
}

/**
 * By name or by id, by which those are told apart who have the same name.
 * @throws ConfigError with what to do
 */
function chooseAdmin({ association, people }: Accounts, name: string): Person {
	if (!association.current())
		throw new ConfigError('Mitschrift is not set up yet: its start says where the set-up link is.');
	const admins = people.list().filter(({ role }) => role === 'admin');
	const named = name === '' ? admins : admins.filter((admin) => admin.id === name || isSame(admin.name, name));
	const [admin, ...others] = named;
	if (admin && others.length === 0) return admin;
	const names = admins.map((one) => `${one.name} (${one.id})`).join(', ');
	throw new ConfigError(`Name one admin: npm run let-in -- NAME, or the id in brackets. Admins are: ${names}.`);
}

function isSame(one: string, other: string): boolean {
	return one.localeCompare(other, 'de', { sensitivity: 'base' }) === 0;
}
