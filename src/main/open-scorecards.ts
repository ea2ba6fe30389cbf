import type { Database } from '../db/database.ts';
import { takeUpFiles } from '../score/save-scorecard.ts';
import { checkScorecards, faultText } from '../score/scorecard-file.ts';
import { openScorecardStore, type ScorecardStore } from '../score/scorecard-store.ts';
import type { Config } from './config.ts';
import { scorecardFolders } from './folders.ts';

/**
 * The scorecards of the installation, after what lies in the folders was taken up. A faulty file is told and left
 * out: what is published goes on judging calls.
 */
export async function openScorecards(
  config: Config,
  db: Database,
  warn: (message: string) => void,
): Promise<ScorecardStore> {
  const { filed, faults } = checkScorecards(...scorecardFolders(config));
  if (faults.length > 0) warn(`Scorecards with faults are left out:\n${faultText(faults)}`);
  const faulty = new Set(faults.map(({ file }) => file));
  const drafts = await takeUpFiles(
    db,
    filed.filter(({ name, scorecard }) => !faulty.has(name) && !faulty.has(`${scorecard.id}.yaml`)),
  );
  if (drafts.length > 0) {
    const named = drafts.map(({ scorecard, version }) => `${scorecard} ${version}`).join(', ');
    warn(`Scorecard files were changed; drafts wait for npx aria scorecard publish ID: ${named}.`);
  }
  return openScorecardStore(db);
}
