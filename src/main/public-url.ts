import type { Config } from './config.ts';

/** How people and senders reach this Aria, without a slash at the end. */
export function publicUrl(config: Config): string {
  if (config.ARIA_PUBLIC_URL) return config.ARIA_PUBLIC_URL.replace(/\/+$/, '');
  const host = ['0.0.0.0', '::'].includes(config.ARIA_HOST) ? 'localhost' : config.ARIA_HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${config.ARIA_PORT}`;
}
