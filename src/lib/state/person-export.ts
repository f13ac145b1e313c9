/** All that is stored about one person as one file: tables to read, and below them the same for programs. */
import { documentTitle } from './document-title.ts';
import { formatInstant } from '#lib/i18n/format.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { getLocale } from '#lib/i18n/paraglide/runtime.js';
import { listOf, number, record, text, type Shape } from '#lib/protocol/answer-shape.ts';
import type { PersonExport } from '#lib/protocol/api.ts';
import type { ApiResult } from './api.ts';
import type { App } from './app.svelte.ts';
import type { Session } from './session.svelte.ts';

const list = listOf((_value): _value is never => true);
const exportAnswer = record({
	at: text,
	person: record({ id: text, name: text }),
	devices: list,
	invitations: list,
	passkeys: list,
	recoveryCodesLeft: number,
	approvals: list,
	audit: list,
	documents: list,
}) as Shape<unknown> as Shape<PersonExport>;

export async function exportPerson(
	session: Session,
	app: App,
	id: string,
): Promise<ApiResult<{ name: string; text: string }>> {
	const path = `/api/people/${encodeURIComponent(id)}/export`;
	const result = await session.api.send('GET', path, exportAnswer);
	if (!result.ok) return result;
	return { ok: true, value: toFile(result.value, app) };
}

function toFile(all: PersonExport, app: App): { name: string; text: string } {
	const instant = (at: string | null) => (at === null ? '' : formatInstant(at, app.association.timeZone));
	const named = (id: string | null) =>
		id === null ? '' : id === '…' ? m.audit_export_another() : (app.person(id)?.name ?? id);
	const { person } = all;
	const title = m.audit_export_title({ name: person.name || m.audit_former() });
	const documents = all.documents.flatMap(({ name, wrote, versions, mentions }) => {
		const of = documentTitle(name, app.directory);
		const named = versions.map((label) => [of, m.audit_export_version(), label]);
		return [
			...(wrote ? [[of, m.audit_export_wrote(), '']] : []),
			...named,
			...mentions.map((one) => [of, one.path, one.value]),
		];
	});
	const sections = [
		section(m.audit_export_person(), [
			[person.id, person.name, person.role, person.contact ?? '', instant(person.since), instant(person.removedAt)],
		]),
		section(
			m.audit_export_devices(),
			all.devices.map(({ name, platform, since, seenAt }) => [name, platform, instant(since), instant(seenAt)]),
		),
		section(m.passkeys_title(), [
			...all.passkeys.map(({ name, since, usedAt }) => [name, instant(since), instant(usedAt)]),
			[m.recovery_title(), String(all.recoveryCodesLeft), ''],
		]),
		section(
			m.audit_export_approvals(),
			all.approvals.map(({ name, at }) => [documentTitle(name, app.directory), instant(at)]),
		),
		section(
			m.audit_export_invitations(),
			all.invitations.map((one) => [one.role, named(one.by), named(one.for), instant(one.since), instant(one.usedAt)]),
		),
		section(
			m.audit_export_audit(),
			all.audit.map(({ at, kind, by, about, detail }) => [
				instant(at),
				kind,
				named(by),
				named(about),
				JSON.stringify(detail),
			]),
		),
		section(m.audit_export_documents(), documents),
		`<h2>${escape(m.audit_export_machine())}</h2><pre>${escape(JSON.stringify(all, null, '\t'))}</pre>`,
	];
	const about = m.audit_export_about({ moment: instant(all.at) });
	const head = `<meta charset="utf-8"><title>${escape(title)}</title><style>${style}</style>`;
	const text = `<!doctype html><html lang="${getLocale()}">${head}<h1>${escape(title)}</h1><p>${escape(about)}</p>${sections.join('')}</html>`;
	return { name: m.audit_export_file({ name: person.id }), text };
}

const style =
	'body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse;width:100%}td{border:1px solid #999;padding:.25rem .5rem;vertical-align:top;overflow-wrap:anywhere}pre{white-space:pre-wrap;overflow-wrap:anywhere}';

function section(title: string, rows: readonly (readonly string[])[]): string {
	const cells = rows.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`);
	const body = rows.length === 0 ? `<p>${escape(m.audit_export_none())}</p>` : `<table>${cells.join('')}</table>`;
	return `<h2>${escape(title)}</h2>${body}`;
}

/** What people wrote stands in it as text and never as HTML. */
function escape(words: string): string {
	return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
