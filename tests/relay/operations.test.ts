/** What whoever runs the server asks it: readiness and metrics of the real process. */
import { mkdirSync, rmSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { WebSocket } from 'ws';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectMember, openMemberDevice } from '../support/people-devices.ts';
import { untilSaved } from '../support/peers.ts';
import { type Member, startTestServer, type TestServer } from '../support/server.ts';
import { whenSynced } from './stock-client.ts';

const token = 'scrape-me-if-you-can';
let server: TestServer;
let admin: Member;

beforeEach(async () => {
	server = await startTestServer({ build: null, env: { MITSCHRIFT_METRICS_TOKEN: token } });
	admin = await server.setUp();
});

afterEach(() => server.close());

async function metrics(): Promise<Map<string, number>> {
	const { status, body } = await server.ask<string>('GET', '/metrics', {
		headers: { authorization: `Bearer ${token}` },
	});
	expect(status).toBe(200);
	const samples = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
	return new Map(samples.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]));
}

test('a server that can save is ready', async () => {
	expect(await server.ask('GET', '/readyz')).toMatchObject({ status: 200, body: { ok: true } });
});

/** Of what is kept for taking an access away on a full disk. Bytes. */
const reserve = () => statSync(path.join(server.folder, 'mitschrift.sqlite-reserve')).size;

test('a server that can save keeps room for when it cannot, and again after that', async () => {
	expect(reserve()).toBe(1024 * 1024);
	const inTheWay = path.join(server.folder, 'mitschrift.sqlite-log/probe');
	mkdirSync(inTheWay);
	truncateSync(path.join(server.folder, 'mitschrift.sqlite-reserve'), 1000);
	expect(await server.ask('GET', '/readyz')).toMatchObject({ status: 503 });
	rmSync(inTheWay, { recursive: true });
	await expect.poll(reserve).toBe(1024 * 1024);
});

test('a server that is started on a disk that takes nothing says so before anybody writes, and when that is over', async () => {
	const inTheWay = path.join(server.folder, 'mitschrift.sqlite-log/probe');
	await server.stop();
	mkdirSync(inTheWay);
	await server.start();
	const writes = async () => (await metrics()).get('mitschrift_store_writes');
	expect(await writes()).toBe(0);
	expect(await server.ask('GET', '/readyz')).toMatchObject({ status: 503 });
	rmSync(inTheWay, { recursive: true });
	await expect.poll(writes).toBe(1);
});

test('the metrics count what happened, and name nobody and nothing', async () => {
	const before = await metrics();
	expect(before.get('mitschrift_updates_total')).toBe(0);
	const desk = await openMemberDevice(server, admin);
	const handle = desk.open('agenda:secretname');
	await untilSaved(handle);
	handle.doc.getText('t').insert(0, 'geheim');
	await untilSaved(handle);
	const reader = connectMember(server, admin, 'agenda:secretname');
	await whenSynced(reader);
	const refused = new WebSocket(`${server.origin.replace('http', 'ws')}/sync/agenda:a1`, { origin: server.origin });
	await new Promise((resolve) => refused.once('error', resolve));
	const bad = new WebSocket(`${server.origin.replace('http', 'ws')}/sync/agenda:a1`, {
		origin: server.origin,
		headers: { cookie: `${admin.cookie.name}=${admin.cookie.value}` },
	});
	bad.once('open', () => bad.send(Uint8Array.of(99, 99)));
	await new Promise((resolve) => bad.once('close', resolve));

	// Whoever is closed hears it a moment before the server counts it.
	await expect.poll(async () => (await metrics()).get('mitschrift_connections')).toBe(2);
	const after = await metrics();
	expect(after.get('mitschrift_rooms')).toBeGreaterThanOrEqual(1);
	expect(after.get('mitschrift_updates_total')).toBe(1);
	expect(after.get('mitschrift_update_bytes_total')).toBeGreaterThan('geheim'.length);
	expect(after.get('mitschrift_updates_received_total')).toBeGreaterThanOrEqual(1);
	expect(after.get('mitschrift_update_bytes_received_total')).toBeGreaterThan('geheim'.length);
	expect(after.get('mitschrift_commit_seconds_count')).toBe(1);
	expect(after.get('mitschrift_commit_queue')).toBe(0);
	expect(after.get('mitschrift_send_queue_bytes')).toBe(0);
	expect(after.get('mitschrift_store_writes')).toBe(1);
	expect(after.get('mitschrift_connections_refused_total{status="401"}')).toBe(1);
	expect(after.get('mitschrift_connections_closed_total{reason="badFrame"}')).toBe(1);
	expect([...after.keys()].join('\n')).not.toMatch(/secretname|Alma|geheim/);
	reader.stop();
	await desk.close();
	await server.stop();
	expect(server.lines.join('\n')).not.toMatch(/secretname|Alma|geheim/);
});
