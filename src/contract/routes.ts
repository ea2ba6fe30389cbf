import { getCall, listCalls, rerunCall } from './calls.ts';
import { listChanges } from './changes.ts';
import { getConnectionHealth } from './connection-health.ts';
import {
  createConnection,
  getConnection,
  getTemplates,
  listConnections,
  rotateKey,
  updateConnection,
} from './connections.ts';
import { listCustomFields } from './custom-fields.ts';
import { getDisagreements, listDisagreeingCalls } from './disagreements.ts';
import { getConnectionEngines, listEngines, putConnectionEngines, resumeEngine } from './engines.ts';
import { eraseCaller, getErasureTask, listErasures } from './erasures.ts';
import { deleteTestEvent, exportEvents, getEvent, listEvents, replayEvent, sendTestEvent } from './events.ts';
import { createExport, getExport, getExportFile, listExports } from './exports.ts';
import { getImport, getImportErrors, listImports, uploadImport } from './imports.ts';
import { getMapping, getReadings, previewMapping, putMapping } from './mapping.ts';
import {
  getPartyScorecard,
  getPartyScorecardFile,
  listShareLinks,
  revokeShareLink,
  shareScorecard,
} from './party-scorecards.ts';
import { deleteRecordingHost, listRecordingHosts, putRecordingHost } from './recording-hosts.ts';
import { cancelReplay, getReplay, listReplays, startReplay } from './replays.ts';
import { getBreakdown, getPipeline, listMetrics } from './reports.ts';
import { createRescore, decideRescore, getRescore, listRescoredCalls, listRescores } from './rescores.ts';
import { createReviews, exportReviews, getAgreement, listReviews, undoReview } from './reviews.ts';
import { deleteSavedReport, listSavedReports, saveReport } from './saved-reports.ts';
import {
  createSchedule,
  deleteSchedule,
  listScheduleRuns,
  listSchedules,
  sendScheduleNow,
  setScheduleActive,
} from './schedules.ts';
import {
  checkScorecard,
  dropScorecardDraft,
  getScorecardRules,
  getScorecardSource,
  listScorecards,
  publishScorecard,
  putScorecardRules,
  saveScorecardDraft,
} from './scorecards.ts';
import { searchCalls } from './search.ts';
import { becomeOwner, getSession } from './session.ts';
import {
  getCoverage,
  getSilentSources,
  getThresholdClustering,
  listPayableDurations,
  listRepeatCallers,
  listUnscoredCalls,
  putPayableDuration,
} from './traffic-reports.ts';

/** Every route of the API but the webhook itself, whose body is the public contract (webhook.ts). */
export const routes = {
  listCalls,
  getCall,
  rerunCall,
  listEvents,
  getEvent,
  exportEvents,
  replayEvent,
  deleteTestEvent,
  listConnections,
  getConnection,
  createConnection,
  updateConnection,
  getTemplates,
  rotateKey,
  sendTestEvent,
  getConnectionHealth,
  listRecordingHosts,
  putRecordingHost,
  deleteRecordingHost,
  uploadImport,
  listImports,
  getImport,
  getImportErrors,
  getMapping,
  putMapping,
  previewMapping,
  startReplay,
  listReplays,
  getReplay,
  cancelReplay,
  eraseCaller,
  getErasureTask,
  listErasures,
  listCustomFields,
  getReadings,
  getBreakdown,
  listMetrics,
  listChanges,
  getPipeline,
  listEngines,
  resumeEngine,
  getConnectionEngines,
  putConnectionEngines,
  searchCalls,
  getDisagreements,
  listDisagreeingCalls,
  getPartyScorecard,
  getPartyScorecardFile,
  shareScorecard,
  listShareLinks,
  revokeShareLink,
  getThresholdClustering,
  listPayableDurations,
  putPayableDuration,
  listRepeatCallers,
  getSilentSources,
  getCoverage,
  listUnscoredCalls,
  createExport,
  listExports,
  getExport,
  getExportFile,
  listSavedReports,
  saveReport,
  deleteSavedReport,
  listSchedules,
  createSchedule,
  setScheduleActive,
  deleteSchedule,
  sendScheduleNow,
  listScheduleRuns,
  listScorecards,
  getScorecardSource,
  checkScorecard,
  saveScorecardDraft,
  dropScorecardDraft,
  publishScorecard,
  getScorecardRules,
  putScorecardRules,
  listRescores,
  createRescore,
  getRescore,
  listRescoredCalls,
  decideRescore,
  createReviews,
  undoReview,
  listReviews,
  getAgreement,
  exportReviews,
  getSession,
  becomeOwner,
};
export type RouteName = keyof typeof routes;
