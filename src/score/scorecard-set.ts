import { Failure } from '../domain/failure.ts';
import type { Scorecard } from '../domain/scorecard.ts';
import { plainName } from './vertical-name.ts';

/** A rule that assigns a scorecard: conditions that are null do not matter. */
export type ScorecardRule = {
  connectionId: string | null;
  vertical: string | null;
  buyerName: string | null;
  campaignName: string | null;
  scorecard: string;
  /** Null: the newest published version. */
  version: string | null;
  note: string;
};

/** What a scorecard is chosen by. */
export type CallToAssign = {
  connectionId: string;
  /** The scorecard set on the call's connection. */
  connectionScorecard: string | null;
  vertical: string | null;
  buyerName: string | null;
  campaignName: string | null;
};

/** All that is in force at one moment, and the drafts beside it. */
export type ScorecardSet = {
  /** Newest published version of each scorecard. */
  published: Scorecard[];
  drafts: Scorecard[];
  /** The scorecard of a call. @throws Failure `score.no-scorecard` */
  choose: (call: CallToAssign) => Scorecard;
  /**
   * What names the scorecard of a call whichever version is the newest: its id, with `@version` where a rule asks for
   * one; `''` where no scorecard is meant for the call.
   */
  meantFor: (call: CallToAssign) => string;
  /** The draft of the call's scorecard, or the scorecard where it has none. @throws Failure */
  chooseDraft: (call: CallToAssign) => Scorecard;
};

/**
 * @param pinned versions that rules name, beside the newest ones
 */
export function makeScorecardSet(held: {
  published: Scorecard[];
  drafts?: Scorecard[];
  pinned?: Scorecard[];
  rules?: ScorecardRule[];
}): ScorecardSet {
  const { published, drafts = [], pinned = [], rules = [] } = held;
  const byId = new Map(published.map((scorecard) => [scorecard.id, scorecard]));
  const names = new Map<string, Scorecard>();
  for (const scorecard of published)
    for (const name of [scorecard.id, scorecard.title, ...scorecard.aliases])
      names.set(plainName(name), scorecard);
  const known = [...byId.keys()].join(', ');
  const versions = [...published, ...pinned];

  function choose(call: CallToAssign): Scorecard {
    const at = ruleOf(call);
    if (at >= 0) return byRule(rules[at]!, at + 1);
    if (call.connectionScorecard) {
      const found = byId.get(call.connectionScorecard);
      if (found) return found;
      throw unassigned(`The connection names scorecard "${call.connectionScorecard}"; known are ${known}.`);
    }
    if (!call.vertical) throw unassigned('The call has no vertical and its connection no scorecard.');
    const found = names.get(plainName(call.vertical));
    if (found) return found;
    throw unassigned(`No scorecard answers to vertical "${call.vertical}"; known are ${known}.`);
  }

  function ruleOf(call: CallToAssign): number {
    return rules.findIndex((rule) => fits(rule, call));
  }

  function meantFor(call: CallToAssign): string {
    const version = rules[ruleOf(call)]?.version ?? null;
    try {
      const { id } = choose(call);
      return version === null ? id : `${id}@${version}`;
    } catch (error) {
      if (error instanceof Failure) return '';
      throw error;
    }
  }

  function byRule({ scorecard, version }: ScorecardRule, number: number): Scorecard {
    const found = version
      ? versions.find((one) => one.id === scorecard && one.version === version)
      : byId.get(scorecard);
    if (found) return found;
    const wanted = version ? `${scorecard}@${version}` : scorecard;
    throw unassigned(`Rule ${number} names scorecard ${wanted}, which is not published; known are ${known}.`);
  }

  function chooseDraft(call: CallToAssign): Scorecard {
    const own = choose(call);
    return drafts.find(({ id }) => id === own.id) ?? own;
  }

  return { published, drafts, choose, meantFor, chooseDraft };
}

function unassigned(detail: string): Failure {
  return new Failure('score.no-scorecard', 'park', detail);
}

/** Names compare without case; of a vertical, spaces, `-`, `_`, `/` and `&` count alike. */
function fits(rule: ScorecardRule, call: CallToAssign): boolean {
  const same = (wanted: string | null, value: string | null, level: (text: string) => string) =>
    wanted === null || (value !== null && level(wanted) === level(value));
  const plain = (text: string) => text.trim().toLowerCase();
  return (
    same(rule.connectionId, call.connectionId, (text) => text) &&
    same(rule.vertical, call.vertical, plainName) &&
    same(rule.buyerName, call.buyerName, plain) &&
    same(rule.campaignName, call.campaignName, plain)
  );
}
