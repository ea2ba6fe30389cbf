#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// before anything is loaded: what one command compiled, the next need not; a folder that cannot be written does no harm
enableCompileCache(fileURLToPath(new URL('../../node_modules/.cache/aria', import.meta.url)));
const { runCommand } = await import('./run-command.ts');
await runCommand(process.argv);
