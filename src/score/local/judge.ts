import type { Judge } from '../judge.ts';
import { judgeLocally as judgeByRules } from './judge-locally.ts';

/** The local judge as a port: rules alone, nothing leaves the machine. */
export const judgeLocally: Judge = async ({ turns, scorecard, callDate }) =>
  judgeByRules(turns, scorecard, { callDate });
