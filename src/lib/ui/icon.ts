import type { Component } from 'svelte';

/** An icon such as those of `@lucide/svelte/icons/<name>`. */
export type Icon = Component<{ size?: number | string; strokeWidth?: number | string }>;
