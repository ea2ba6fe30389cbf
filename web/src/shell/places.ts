import {
  ChartNoAxesColumn,
  Inbox,
  ListChecks,
  MessageSquareText,
  Phone,
  Plug,
  Table2,
  Workflow,
} from 'lucide-react';

/** The main pages, with the key that follows `g`. */
export const places = [
  { to: '/', label: 'Overview', key: 'o', icon: ChartNoAxesColumn },
  { to: '/reports', label: 'Reports', key: 'r', icon: Table2 },
  { to: '/calls', label: 'Calls', key: 'c', icon: Phone },
  { to: '/search', label: 'Search', key: 'f', icon: MessageSquareText },
  { to: '/scorecards', label: 'Scorecards', key: 's', icon: ListChecks },
  { to: '/connections', label: 'Connections', key: 'n', icon: Plug },
  { to: '/events', label: 'Events', key: 'e', icon: Inbox },
  { to: '/pipeline', label: 'Pipeline', key: 'p', icon: Workflow },
] as const;
