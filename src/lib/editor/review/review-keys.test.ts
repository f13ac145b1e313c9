import { expect, test } from 'vitest';
import { reviewKey } from './review-keys.ts';

const pressed = { code: 'KeyX', key: 'X', ctrlKey: true, altKey: true, shiftKey: true, metaKey: false };

test.each([
	['on Windows and Linux', {}, 'suggest'],
	['on a Mac, where Alt writes signs', { ctrlKey: false, metaKey: true, key: '≈' }, 'suggest'],
	['on a German keyboard, where Z and Y change places', { code: 'KeyY', key: 'Z' }, 'edit'],
	['without Shift it is somebody else’s', { shiftKey: false }, null],
	['with both Ctrl and ⌘ too', { metaKey: true }, null],
	['another letter', { code: 'KeyQ', key: 'Q' }, null],
])('%s', (_what, change, action) => {
	expect(reviewKey({ ...pressed, ...change })).toBe(action);
});
