import { closeCodes } from '#lib/protocol/close-codes.ts';
import { messageAwareness, messageQueryAwareness } from '#lib/protocol/messages.ts';
import { beforeEach, expect, test } from 'vitest';
import { createSetting, type Setting } from './room-setting.ts';
import { rawFrame, type ScriptedPeer } from './scripted-peer.ts';

let setting: Setting;
let ada: ScriptedPeer;
let ben: ScriptedPeer;

beforeEach(async () => {
	setting = createSetting();
	ada = await setting.join('ada');
	ben = await setting.join('ben');
});

const states = (peer: ScriptedPeer) => peer.presence.map(({ client, state }) => [client, state]);

test('the person in a presence is the one of the connection, whatever it says', () => {
	ada.showPresence({ client: 1, clock: 1, state: { user: { id: 'ben', name: 'Ben', color: '#f00' }, cursor: 3 } });
	setting.flush();
	expect(states(ben)).toEqual([[1, { user: { id: 'ada' }, cursor: 3 }]]);
});

test('nobody gets their own presence back', () => {
	ada.showPresence({ client: 1, clock: 1, state: {} });
	ben.showPresence({ client: 2, clock: 1, state: {} });
	setting.flush();
	expect(states(ada)).toEqual([[2, { user: { id: 'ben' } }]]);
	expect(states(ben)).toEqual([[1, { user: { id: 'ada' } }]]);
});

test('of what happens in a moment, only the latest goes out', () => {
	for (let cursor = 0; cursor < 50; cursor++) ada.showPresence({ client: 1, clock: cursor, state: { cursor } });
	setting.flush();
	expect(states(ben)).toEqual([[1, { user: { id: 'ada' }, cursor: 49 }]]);
});

test('a connection speaks for one client: what it says about others is not heard', () => {
	ben.showPresence({ client: 2, clock: 1, state: { cursor: 1 } });
	ada.showPresence({ client: 1, clock: 1, state: {} });
	ada.showPresence({ client: 2, clock: 99, state: null }, { client: 2, clock: 100, state: { cursor: 9 } });
	ada.showPresence({ client: 3, clock: 1, state: {} });
	setting.flush();
	expect(states(ada)).toEqual([[2, { user: { id: 'ben' }, cursor: 1 }]]);
	expect(states(ben)).toEqual([[1, { user: { id: 'ada' } }]]);
});

test('a connection without a client of its own cannot take one that is another person’s', async () => {
	ben.showPresence({ client: 2, clock: 1, state: { cursor: 1 } });
	ada.showPresence({ client: 2, clock: 5, state: { cursor: 9 } });
	setting.flush();
	expect(states(ada)).toEqual([[2, { user: { id: 'ben' }, cursor: 1 }]]);
	expect(ben.presence).toEqual([]);
});

test('repeating what was heard, as stock clients do, claims nothing, also when its owner has just left', async () => {
	ben.showPresence({ client: 2, clock: 1, state: { cursor: 1 } });
	setting.flush();
	ben.leave();
	setting.flush();
	const [heard, gone] = ada.presence;
	if (!heard || !gone) throw new Error('nothing heard');
	ada.showPresence({ ...heard, clock: gone.clock });
	ada.showPresence({ client: 1, clock: 1, state: {} });
	setting.flush();
	expect(states(await setting.join('cleo'))).toEqual([[1, { user: { id: 'ada' } }]]);
	expect(setting.events).toEqual([]);
});

test('leaving, by word or by going, takes the presence away', async () => {
	ada.showPresence({ client: 1, clock: 1, state: {} });
	setting.flush();
	ada.showPresence({ client: 1, clock: 2, state: null });
	setting.flush();
	ada.showPresence({ client: 1, clock: 3, state: {} });
	setting.flush();
	ada.leave();
	setting.flush();
	expect(ben.presence.map(({ state }) => state === null)).toEqual([false, true, false, true]);
	expect((await setting.join('cleo')).presence).toEqual([]);
});

test('whoever is connected stays visible: the relay says so again, under a clock that peers take for new', () => {
	ada.showPresence({ client: 1, clock: 1, state: { cursor: 2 } });
	setting.flush();
	setting.rooms.renew();
	setting.flush();
	const [first, second] = ben.presence;
	expect(second?.state).toEqual({ user: { id: 'ada' }, cursor: 2 });
	expect(second?.clock).toBeGreaterThan(first?.clock ?? Infinity);
	expect(ada.presence).toEqual([]);
});

test('who comes sees who is here', async () => {
	ada.showPresence({ client: 1, clock: 1, state: { cursor: 2 } });
	expect(states(await setting.join('cleo'))).toEqual([[1, { user: { id: 'ada' }, cursor: 2 }]]);
});

const ask = (peer: ScriptedPeer) => peer.say(rawFrame(messageQueryAwareness));

test('who asks who is here is told, together with what is told next, once in five seconds', () => {
	ada.showPresence({ client: 1, clock: 1, state: {} });
	setting.flush();
	ben.frames.length = 0;
	setting.time += 5001;
	for (let times = 0; times < 100; times++) ask(ben);
	expect(ben.presence).toEqual([]);
	setting.flush();
	expect(states(ben)).toEqual([[1, { user: { id: 'ada' } }]]);
	ben.frames.length = 0;
	ask(ben);
	setting.flush();
	expect(ben.presence).toEqual([]);
	setting.time += 5001;
	ada.showPresence({ client: 1, clock: 2, state: { cursor: 1 } });
	setting.flush();
	expect(states(ben).at(-1)).toEqual([1, { user: { id: 'ada' }, cursor: 1 }]);
	expect(ben.presence).toHaveLength(2);
});

test('who does not read is told nothing, however often they ask', () => {
	ada.showPresence({ client: 1, clock: 1, state: {} });
	setting.flush();
	ben.frames.length = 0;
	setting.time += 5001;
	ben.behind = true;
	ask(ben);
	setting.flush();
	expect(ben.presence).toEqual([]);
});

test('an id stays its person’s while they are away for a moment', async () => {
	ben.showPresence({ client: 2, clock: 1, state: {} });
	setting.flush();
	ben.leave();
	setting.flush();
	ada.showPresence({ client: 2, clock: 9, state: { cursor: 9 } });
	setting.flush();
	const again = await setting.join('ben');
	again.showPresence({ client: 2, clock: 10, state: { cursor: 1 } });
	setting.flush();
	expect(states(ada).at(-1)).toEqual([2, { user: { id: 'ben' }, cursor: 1 }]);
});

test('a reader is present and nothing more', async () => {
	const cleo = await setting.join('cleo', 'read');
	cleo.showPresence({ client: 3, clock: 1, state: { user: { id: 'ada' }, cursor: 1, note: 'hello' } });
	setting.flush();
	expect(states(ben)).toEqual([[3, { user: { id: 'cleo' } }]]);
});

test('a clock of 2^52 freezes nothing: clocks are the relay’s, and grow', () => {
	ada.showPresence({ client: 1, clock: 2 ** 52, state: { cursor: 1 } });
	setting.flush();
	ada.showPresence({ client: 1, clock: 1, state: { cursor: 2 } });
	setting.flush();
	const [first, second] = ben.presence;
	expect(second?.state).toEqual({ user: { id: 'ada' }, cursor: 2 });
	expect(first?.clock).toBeLessThan(2 ** 41);
	expect(second?.clock).toBeGreaterThan(first?.clock ?? Infinity);
});

test('a clock is a time: who remembers a presence from before the relay began anew takes it for new', () => {
	ada.showPresence({ client: 1, clock: 1, state: {} });
	setting.flush();
	expect(ben.presence[0]?.clock).toBeGreaterThanOrEqual(1_700_000_000_000);
});

test('who reconnects before the relay noticed takes their client over, and the old connection takes nothing with it', async () => {
	ada.showPresence({ client: 1, clock: 4, state: { cursor: 1 } });
	const again = await setting.join('ada');
	again.showPresence({ client: 1, clock: 4, state: { cursor: 1 } });
	ada.leave();
	setting.flush();
	expect(states(ben).at(-1)).toEqual([1, { user: { id: 'ada' }, cursor: 1 }]);
});

test.each([
	['a state above 2 KiB', { client: 1, clock: 1, state: { text: 'x'.repeat(2048) } }],
	['a state that is no object', { client: 1, clock: 1, state: 'here' }],
	['a state that is a list', { client: 1, clock: 1, state: [] }],
])('%s closes the connection and shows nothing', (_, entry) => {
	ada.showPresence(entry);
	setting.flush();
	expect(ada.closed?.code).toBe(closeCodes.badFrame);
	expect(ben.presence).toEqual([]);
});

test('20,000 entries in one message close the connection and show nothing', () => {
	ada.showPresence(...Array.from({ length: 20_000 }, (_, client) => ({ client, clock: 1, state: {} })));
	setting.flush();
	expect(ada.closed?.code).toBe(closeCodes.badFrame);
	expect(ben.presence).toEqual([]);
});

test.each([
	['an entry cut off', [1, 7, 1]],
	['bytes after the end', [0, 0]],
	['a state that is not JSON', [1, 7, 1, 1, 'x'.charCodeAt(0)]],
])('%s closes the connection', (_, content) => {
	ada.say(rawFrame(messageAwareness, content.length, ...content));
	expect(ada.closed?.code).toBe(closeCodes.badFrame);
});

test('what is not of the protocol closes the connection also of who is known here, when it is read', () => {
	ada.showPresence({ client: 1, clock: 1, state: {} });
	setting.flush();
	ada.say(rawFrame(messageAwareness, 2, 0, 0));
	setting.flush();
	expect(ada.closed?.code).toBe(closeCodes.badFrame);
});

test('what is said of others in the same moment takes nothing of what one said of oneself', () => {
	ada.showPresence({ client: 1, clock: 1, state: {} });
	setting.flush();
	ada.showPresence({ client: 1, clock: 2, state: { cursor: 5 } });
	ada.showPresence({ client: 3, clock: 1, state: { cursor: 9 } });
	setting.flush();
	expect(states(ben).at(-1)).toEqual([1, { user: { id: 'ada' }, cursor: 5 }]);
});

test('who took a client over is not overtaken by what the old connection said before', async () => {
	ada.showPresence({ client: 1, clock: 1, state: {} });
	setting.flush();
	ada.showPresence({ client: 1, clock: 2, state: { cursor: 1 } });
	const again = await setting.join('ada');
	again.showPresence({ client: 1, clock: 3, state: { cursor: 2 } });
	setting.flush();
	expect(states(ben).at(-1)).toEqual([1, { user: { id: 'ada' }, cursor: 2 }]);
});

test('what is longer than one state is read at once: nobody keeps much of it in memory', async () => {
	ada.showPresence({ client: 1, clock: 1, state: {} });
	setting.flush();
	const others = Array.from({ length: 400 }, (_, at) => ({ client: 10 + at, clock: 1, state: {} }));
	ada.showPresence({ client: 1, clock: 2, state: { cursor: 5 } }, ...others);
	expect(states(await setting.join('cleo'))).toEqual([[1, { user: { id: 'ada' }, cursor: 5 }]]);
});
