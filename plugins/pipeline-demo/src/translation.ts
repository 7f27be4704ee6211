import { createTranslationRef } from '@backstage/frontend-plugin-api';
import { detailWords } from './detailWords';
import { runWords } from './runWords';
import { startWords } from './startWords';

/**
 * Every word of the page: these, and those of startWords.ts, runWords.ts and
 * detailWords.ts.
 *
 * @public
 */
export const pipelineDemoTranslationRef = createTranslationRef({
  id: 'plugin.pipeline-demo',
  messages: {
    ...startWords,
    ...runWords,
    ...detailWords,
    check: {
      button: 'Check connection',
      title: 'What runs stand on',
      again: 'Check again',
      failed: 'It could not be checked: {{message}}',
      repair: 'What to do: {{repair}}',
      status: {
        ok: 'OK',
        warning: 'Warning',
        failed: 'Failed',
        skipped: 'Not known',
      },
    },
    page: {
      title: 'Pipeline demo',
      loading: 'Loading the run',
      spoken: 'Run {{run}}: {{phase}}',
      /** The browser tab's title, by phase. */
      tab: {
        queued: '… {{run}} · Pipeline demo',
        starting: '▶ {{percent, number}} % · {{run}} · Pipeline demo',
        running: '▶ {{percent, number}} % · {{run}} · Pipeline demo',
        finishing: '▶ {{percent, number}} % · {{run}} · Pipeline demo',
        cancelling: '■ Cancelling · {{run}} · Pipeline demo',
        succeeded: '✓ {{run}} · Pipeline demo',
        failed: '✕ Failed · {{run}} · Pipeline demo',
        cancelled: '■ Cancelled · {{run}} · Pipeline demo',
      },
    },
    phase: {
      run: {
        queued: 'Queued',
        starting: 'Starting',
        running: 'Running',
        finishing: 'Finishing',
        cancelling: 'Cancelling',
        succeeded: 'Succeeded',
        failed: 'Failed',
        cancelled: 'Cancelled',
      },
      task: {
        planned: 'Planned',
        waiting: 'Waiting',
        starting: 'Starting',
        stuck: 'Stuck',
        running: 'Running',
        succeeded: 'Succeeded',
        failed: 'Failed',
        cancelling: 'Cancelling',
        cancelled: 'Cancelled',
        notRun: 'Not run',
      },
    },
    log: {
      title: 'Log',
      lines: 'Log lines',
      loading: 'Loading the log',
      tasks: {
        label: '{{shown}} {{count, number}} lines: choose tasks',
        choose: 'Tasks to show',
        all: 'All tasks',
        several_one: '{{count}} task',
        several_other: '{{count}} tasks',
      },
      search: {
        label: 'Search the log',
        hits: '{{number, number}} of {{count, number}}',
        none: 'no match',
        previous: 'Previous match',
        next: 'Next match',
        matchCase: 'Match case',
        regex: 'Regular expression',
      },
      matches: {
        only: 'Only matches',
        hidden_one: '{{count, number}} line hidden',
        hidden_other: '{{count, number}} lines hidden',
        around: '± {{count}} lines',
        aroundLabel: 'With {{count}} lines before and after each match',
        all: 'Show all lines',
        looking: 'Looking for matches…',
        none: 'No line matches.',
      },
      times: 'Times',
      wrap: 'Wrap',
      expand: 'The log alone',
      plain: 'Open as plain text',
      flood: 'fast: showing each 100 ms',
      section: {
        details: 'Details',
      },
      follow: 'Follow',
      following: 'Following',
      notCopied_one:
        '{{count, number}} of the selected lines is not loaded: download the log, or select less of it.',
      notCopied_other:
        '{{count, number}} of the selected lines are not loaded: download the log, or select less of it.',
      newLines_one: '{{count, number}} new line',
      newLines_other: '{{count, number}} new lines',
      download: {
        label: 'Download the log',
        whole: 'The whole log',
        tasks: 'Only the chosen tasks',
        matches: 'Only matches',
        matchesOfTasks: 'Only matches in the chosen tasks',
        text: 'Text with times',
        ndjson: 'NDJSON',
        failed: 'The log could not be downloaded: {{message}}',
      },
      empty: {
        waiting: 'Waiting for the first task',
        none: 'This run has written no lines.',
        tasks: 'No lines of these tasks yet',
      },
      row: {
        link: 'Link to this line',
        task: 'Show only this task',
        notRead: 'not loaded yet',
        cut: '… {{size}} cut',
        overwritten:
          'Written over {{count, number}} times: this is the last state',
      },
      system: {
        finished: '{{task}} finished, exit {{code}}, after {{duration}}',
        failed: '{{task}} failed, exit {{code}}, after {{duration}}',
        killed: '{{task}} failed: ended by {{signal}}, after {{duration}}',
        outOfMemory: '{{task}} failed: out of memory, after {{duration}}',
        stopped: '{{task}} stopped, after {{duration}}',
        takenOver: 'Taken over by another server.',
        gap: '{{task}}: output between {{from}} and {{to}} was lost: {{reason}}',
        run: {
          succeeded: 'Run succeeded after {{duration}}.',
          failed: 'Run failed after {{duration}}: {{message}}',
          cancelled: 'Run cancelled after {{duration}}.',
        },
      },
      lost: {
        title: 'Connection lost {{duration}} ago.',
        text: 'You see the run as of {{time}}. It goes on without you; what you miss now will be filled in.',
        retry: 'Try now',
      },
    },
    freshness: {
      label: 'Connection and freshness',
      connecting: 'Connecting',
      live: 'Live',
      catchingUp: 'Catching up, {{count, number}} lines',
      reconnecting: 'Reconnecting',
      reconnectingIn: 'Reconnecting in {{seconds}} s',
      polling: 'Via polling',
      finished: 'Finished',
      refused: 'Not connected',
      latency: 'task → you',
      median: 'median',
      latencyHelp:
        'From a task that writes a line to your screen: half of the lines took less, and 99 of 100 less than {{p99}}, in the last minute.',
      ms: '{{count, number}} ms',
      seconds: '{{count, number}} s',
      lines_one: 'line',
      lines_other: 'lines',
      missing: '{{count, number}} missing',
      missingSoFar: '{{count, number}} missing so far',
      missingHelp:
        'Lines are numbered where they are stored. This page checks that no number is left out, and asks again if one is.',
      completeHelp:
        'The output of every task was read to its end, lines are numbered where they are stored, and no number is left out here.',
      gaps_one: '{{count, number}} gap',
      gaps_other: '{{count, number}} gaps',
      gapsHelp:
        'Output that was lost before it could be stored; the log says where.',
      lastHeard: 'last line {{age}} ago',
      continues: 'continues after line {{count, number}}',
      viewers_one: 'watching',
      viewers_other: 'watching',
      engineSeen: 'engine seen',
      ago: '{{age}} ago',
    },
  },
});
