/**
 * Milliseconds since any moment, for how long something lasts. The time of day is not for that: it is set back, by people
 * and by a machine that hears late what time it is.
 */
export const elapsed = (): number => performance.now();
