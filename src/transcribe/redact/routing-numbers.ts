/** Federal Reserve districts (01 to 12), thrift institutions (21 to 32), electronic ones (61 to 72) and cheques of travellers (80). */
const district = /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/;
const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1];

/** Whether nine digits are a routing number by their check sum. Source: ABA, "Routing Number Policy". */
export function isRoutingNumber(digits: string): boolean {
  if (!/^\d{9}$/.test(digits) || !district.test(digits) || digits === '000000000') return false;
  const sum = weights.reduce((total, weight, place) => total + weight * Number(digits[place]), 0);
  return sum % 10 === 0;
}

/** Words near which such digits are a bank's: cheques, accounts, and banks that are not named so. */
export const checkWords =
  /\b(?:check ?book|cheque|blank check|paper check|(?:a|the|your|my|that|of) checks?\b(?! (?:up|in|on|engine|mark|list))|bottom left|direct deposit|bofa|boa|td|chime|huntington|fifth third|suntrust|bb and t|bb&t|m and t|m&t|u\.? ?s\.? bank|varo|woodforest|santander)\b/i;
