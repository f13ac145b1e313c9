/** One thing that happened, without names of people and without content. */
export type Log = (event: string, details?: Record<string, string | number>) => void;
