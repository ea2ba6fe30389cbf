const hypothetical =
  / (if|unless|wish|suppose|supposing|whether|pretend|what if|until|once i|when i|as soon as|might|would have|could have|should have|almost|used to|thinking about|thought|scared|afraid|worried|i thought|somebody said|they said i|the ad said)(?= |$)/;
const negation =
  / (not|no|never|dont|doesnt|didnt|isnt|wasnt|arent|aint|cant|couldnt|havent|hasnt|wont|nor|without|neither|nobody|nobodys|noones|nothing)(?= |$)/;
const lacking =
  / (dont|doesnt|didnt|havent|hasnt|never|aint|not|no longer) (have|has|had|got|get|own) (a|an|any|my|the|much|enough)$/;
const desired = / (want|wanted|like|need|trying|looking|hoping|plan|planning|going|supposed|ready) to$/;
const subject =
  /^ (i|im|ive|ill|id|he|hes|she|shes|they|theyre|we|were|weve|you|it|its|my|our|the|thats|this)(?= )/;
// "too young for medicare", "four years shy of it", "turned me down on the disability"
const remote =
  / (too (young|old|healthy|sick) for|shy of|short of|years? (away )?(from|till|until|to)|turned (me|us|him|her) down (for|on)|denied (me|us|him|her)|(never|nothing|not|dont|didnt|no)( \w+){0,4} to do with|(dont|didnt|not|never|cant|wont|couldnt) (qualify|eligible) for)( (the|any|my|no|a))?$/;
// "there aint a one of them wrote me up"
const noneOf =
  / (not|aint|isnt|wasnt|nobody|no one|none|neither)( (a|one|single|soul|of|them|those|us|has|have|had|ever|here|there))+$/;
// "we've never had the state one": an article after a verb opens no clause
const objectNext =
  / (have|had|has|got|get|own|owned|want|need|take|took|draw|drew|drawn|use|used|on|with|of|for|in)$/;
const thirdParty =
  / (my|a|the|his|her) (neighbor|neighbors|friend|friends|sister|sisters|brother|brothers|cousin|coworker|buddy|boss|uncle|aunt|girlfriend|boyfriend|ex|kid|kids|teenager|roommate)( s)?(?= |$)/;

const answeringNo =
  /^( (no|nope|nah|naw))+(?= |$)| (no|nope|nah|naw)(?= (i|im|ive|id|we|weve|were|he|hes|she|shes|it|its|they|theyre|theyve|my|you|your|thats|this|the|theres|nobody|nobodys|never|not|nothing|none|neither|just|only)(?= |$))/g;

/** "I want to sign up": a wish, not a fact. */
export function isDesired(text: string, at: number): boolean {
  return desired.test(text.slice(0, at));
}

/** What the words just before a match do to it. */
export type Guard = 'stands' | 'negated' | 'hypothetical' | 'third_party';

/**
 * Reads the words before a match in the same turn: up to five for a negation or a condition, up to four for
 * somebody else's case. "if i owned", "i don't own", "my neighbor owns" establish nothing about the caller.
 */
export function guardOf(text: string, at: number): Guard {
  // a "no" before a subject answers, it negates nothing: "no, i own it"
  const opens = `${text.slice(0, at)}${/^ (\w+)/.exec(text.slice(at))?.[0] ?? ''}`;
  const before = opens.replace(answeringNo, '').split(' ').slice(1, -1);
  const near = before
    .slice(-4)
    .map((word) => ` ${word}`)
    .join('');
  if (hypothetical.test(near)) return 'hypothetical';
  // "i don't have a paycheck": what is not had may stand behind an article
  const said = text.slice(0, at);
  if (lacking.test(opens.slice(0, at)) || remote.test(said) || noneOf.test(said)) return 'negated';
  // a clause with its own subject is out of reach of an earlier negation: "not without him, he decides"
  const ownClause = subject.test(text.slice(at)) && !objectNext.test(text.slice(0, at));
  const reach = ownClause ? 1 : 2;
  // "i ain't never had no ticket": a second negation lends weight
  const emphatic = /^ (no|never|not|nothing|nobody|none|dont|aint|didnt|havent|neither|nor)(?= |$)/.test(
    text.slice(at),
  );
  if (
    !emphatic &&
    negation.test(
      before
        .slice(-reach)
        .map((word) => ` ${word}`)
        .join(''),
    )
  )
    return 'negated';
  // "my sister's here and she's 68": what follows has its own subject
  if (ownClause) return 'stands';
  return thirdParty.test(near) ? 'third_party' : 'stands';
}
