/** Who buys calls in the demo. Invented, as everybody here; numbers are from the 555-01xx block kept for that. */
export const buyers = {
  cedarline: {
    name: 'Cedarline Home Services',
    vertical: 'home_services',
    campaign: { id: 'CA7f31', trackingId: 'TRK-PLUMB-OH', name: 'Ohio Plumbing' },
    target: { name: 'Cedarline Dispatch', subId: 'CDL-1', did: '+18005550111' },
    clientId: 4101,
    perCall: '45.00',
    payout: '32.00',
  },
  harbor: {
    name: 'Harbor & Pine Heating',
    vertical: 'home_services',
    campaign: { id: 'CA90b2', trackingId: 'TRK-HVAC-MW', name: 'Midwest Heating' },
    target: { name: 'Harbor & Pine Front Desk', subId: 'HNP-1', did: '+18005550122' },
    clientId: 4102,
    perCall: '52.00',
    payout: '36.50',
  },
  larkspur: {
    name: 'Larkspur Auto Insurance',
    vertical: 'auto_insurance',
    campaign: { id: 'CA11c8', trackingId: 'TRK-AUTO-US', name: 'Auto Insurance Inbound' },
    target: { name: 'Larkspur Sales', subId: 'LRK-2', did: '+18005550133' },
    clientId: 4203,
    perCall: '38.00',
    payout: '26.00',
  },
  meridian: {
    name: 'Meridian Auto Cover',
    vertical: 'auto_insurance',
    campaign: { id: 'CA52e0', trackingId: 'TRK-AUTO-TX', name: 'Texas Auto Insurance' },
    target: { name: 'Meridian Licensed Agents', subId: 'MRD-7', did: '+18005550144' },
    clientId: 4204,
    perCall: '34.00',
    payout: '23.75',
  },
} as const;

export const publishers = {
  bluewater: { name: 'Bluewater Leads', subId: 'BW-search-12' },
  northpeak: { name: 'Northpeak Media', subId: 'NP-display-3' },
  juniper: { name: 'Juniper Performance', subId: 'JP-social-8' },
} as const;

export type BuyerId = keyof typeof buyers;
export type PublisherId = keyof typeof publishers;
