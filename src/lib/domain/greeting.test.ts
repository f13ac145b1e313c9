import { expect, test } from 'vitest';
import { greetingAt } from './greeting.ts';

test('the greeting follows the clock on the wall', () => {
	expect(['04:59', '05:00', '10:59', '11:00', '17:59', '18:00', '23:59'].map(greetingAt)).toEqual([
		'evening',
		'morning',
		'morning',
		'day',
		'day',
		'evening',
		'evening',
	]);
});
