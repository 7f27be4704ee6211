/** The words of the start page, of the history, and of what is not there. */
export const startWords = {
  engine: {
    local: 'Local engine: tasks run as processes on this machine',
    kubernetes: 'Kubernetes: each task runs in a pod of its own',
  },
  start: {
    title: 'Run the demo pipeline',
    subtitle: 'scatter, gather, report',
    form: 'Start a run',
    batches: 'Batches',
    bars: 'bars: forecast duration for each',
    bar_one: '{{count}} batch: about {{duration}}',
    bar_other: '{{count}} batches: about {{duration}}',
    about: 'about {{duration}}',
    duration: 'duration',
    tasks: 'tasks',
    atOnce: 'at once',
    onKubernetes: 'On Kubernetes this run would need',
    run_one: 'Run {{count}} batch',
    run_other: 'Run {{count}} batches',
    failed: 'The run was not started: {{message}}',
    attaches:
      'Run {{run}} is active. Starting opens it; nothing new is started.',
  },
  verdict: {
    fits: 'Fits.',
    'fits-with-waiting': 'Fits, with waiting.',
    'cannot-fit': 'Cannot fit.',
  },
  plan: {
    title_one: 'The plan for {{count}} batch',
    title_other: 'The plan for {{count}} batches',
    label_one: 'GENERATE, then ANALYZE for {{count}} batch, then REPORT',
    label_other:
      'GENERATE, then ANALYZE for each of {{count}} batches, then REPORT',
    tasks_one: '{{count}} task',
    tasks_other: '{{count}} tasks',
    fromHistory_one: 'forecast from {{count}} earlier run',
    fromHistory_other: 'forecast from {{count}} earlier runs',
    fromDefaults: 'forecast from defaults; it learns from each run',
  },
  intro: {
    title: 'What will happen',
    scatter: {
      title: 'Scatter',
      text: 'Each batch is one GENERATE task that writes 100 rows, then one ANALYZE task that reads them.',
    },
    gather: {
      title: 'Gather',
      text: 'When all batches are analyzed, REPORT merges them into one result, shown on the run’s page.',
    },
    live: {
      title: 'Live for everyone',
      text: 'Everyone with the link sees the same run. You can close the page; the run goes on.',
    },
  },
  active: {
    label: 'Active run',
    text: 'A run is active: {{run}}, {{percent, number}} %',
    facts_one: '{{count}} batch, started by {{name}}',
    facts_other: '{{count}} batches, started by {{name}}',
    watch: 'Watch',
  },
  attached: {
    text_one:
      'A run was already active (started by {{name}}, {{count}} batch). You are watching it; your request for {{asked, number}} was not started.',
    text_other:
      'A run was already active (started by {{name}}, {{count}} batches). You are watching it; your request for {{asked, number}} was not started.',
    dismiss: 'Dismiss',
  },
  history: {
    title: 'Runs',
    loading: 'Loading the runs',
    empty: 'No runs yet. They will be listed here.',
    phase: 'Phase',
    run: 'Run',
    batches: 'Batches',
    startedBy: 'Started by',
    when: 'When',
    duration: 'Duration',
    lines: 'Lines',
    now: 'now',
    cancelledBy: 'cancelled by {{name}}',
    more: 'Show more',
  },
  when: {
    today: 'today {{time}}',
    yesterday: 'yesterday {{time}}',
    day: '{{day}}, {{time}}',
  },
  permission: {
    needed: 'You need the permission {{permission}} for this.',
  },
  forbidden: {
    title: 'You may not see the runs',
    text: 'It takes the permission {{permission}}. Ask the administrators of this portal for it.',
  },
  missing: {
    title: 'There is no run {{run}}',
    text: 'The address may be wrong, or the run was removed because it was old.',
    history: 'Show the runs',
  },
  error: {
    region: 'This part could not be shown: {{message}}',
    retry: 'Try again',
  },
  entity: {
    tab: 'Pipeline',
    live: 'Live run',
    latest: 'Latest run',
    open: 'Open run',
    history: 'Runs of this component',
  },
} as const;
