import { getCall, listCalls, rerunCall } from './calls.ts';
import {
  createConnection,
  getConnection,
  listConnections,
  rotateKey,
  updateConnection,
} from './connections.ts';
import { listEvents } from './events.ts';
import { getBreakdown, getPipeline, listMetrics } from './reports.ts';
import { becomeOwner, getSession } from './session.ts';

/** Every route of the API but the webhook itself, whose body is the public contract (webhook.ts). */
export const routes = {
  listCalls,
  getCall,
  rerunCall,
  listEvents,
  listConnections,
  getConnection,
  createConnection,
  updateConnection,
  rotateKey,
  getBreakdown,
  listMetrics,
  getPipeline,
  getSession,
  becomeOwner,
};
export type RouteName = keyof typeof routes;
