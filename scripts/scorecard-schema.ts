import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scorecardSchema } from '../src/score/scorecard-shape.ts';

// writes the JSON Schema of scorecards for editors: node scripts/scorecard-schema.ts
const path = fileURLToPath(new URL('../scorecards/scorecard.schema.json', import.meta.url));
writeFileSync(path, `${JSON.stringify(scorecardSchema(), null, 2)}\n`);
