import { expect, test } from 'vitest';
import { minutesAction } from './minutes-keys.ts';

function press(code: string, modifiers: string): KeyboardEvent {
	const held = modifiers.split('+');
	return {
		code,
		ctrlKey: held.includes('ctrl'),
		altKey: held.includes('alt'),
		shiftKey: held.includes('shift'),
		metaKey: held.includes('meta'),
		getModifierState: (name: string) => name === 'AltGraph' && held.includes('altgr'),
	} as unknown as KeyboardEvent;
}

test.each([
	['KeyB', 'ctrl+alt', 'resolution'],
	['KeyA', 'ctrl+alt', 'task'],
	['KeyN', 'ctrl+alt', 'next'],
	['KeyB', 'ctrl', null],
	['KeyB', 'alt', null],
	['KeyB', '', null],
	['KeyB', 'ctrl+alt+shift', null],
	['KeyB', 'ctrl+alt+meta', null],
	['KeyN', 'ctrl+alt+altgr', null],
	['KeyQ', 'ctrl+alt', null],
])('%s with %s: %s', (code, modifiers, action) => {
	expect(minutesAction(press(code, modifiers))).toBe(action);
});
