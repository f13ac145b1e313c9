/**
 * Checks of what came from outside (an answer, something stored), put together from a few words. A check takes anything
 * and never throws; what a value has besides is let through, so that a newer server may say more.
 */

export type Shape<T> = (value: unknown) => value is T;
type Of<S> = S extends Shape<infer T> ? T : never;

export const anything: Shape<unknown> = (_value): _value is unknown => true;
export const text: Shape<string> = (value) => typeof value === 'string';
export const number: Shape<number> = (value) => typeof value === 'number';
export const flag: Shape<boolean> = (value) => typeof value === 'boolean';

/** A text that fulfils a rule besides. */
export function textThat(fits: (text: string) => boolean): Shape<string> {
	return (value): value is string => text(value) && fits(value);
}

export function oneOf<const T extends string>(words: readonly T[]): Shape<T> {
	return (value): value is T => words.some((word) => word === value);
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
	return (value): value is T | null => value === null || shape(value);
}

export function orMissing<T>(shape: Shape<T>): Shape<T | undefined> {
	return (value): value is T | undefined => value === undefined || shape(value);
}

export function listOf<T>(shape: Shape<T>): Shape<T[]> {
	return (value): value is T[] => Array.isArray(value) && value.every(shape);
}

/** A record with at least these fields. */
export function record<S extends Record<string, Shape<unknown>>>(fields: S): Shape<{ [K in keyof S]: Of<S[K]> }> {
	return (value): value is { [K in keyof S]: Of<S[K]> } =>
		typeof value === 'object' &&
		value !== null &&
		Object.entries(fields).every(([name, shape]) => shape((value as Record<string, unknown>)[name]));
}
