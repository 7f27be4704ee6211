#!/usr/bin/env nextflow
/*
 * The demo pipeline: N x GENERATE -> N x ANALYZE -> 1 x REPORT.
 *
 *   nextflow run workflows/demo.nf -profile local --batches 5
 *
 *   --batches N   1 to 12
 *   --seed S      the same seed gives the same data
 *   --pace P      stretches the time the tasks take: 0 is no waiting at all
 *
 * The work is done by the scripts in bin/, which Nextflow puts on each task's
 * PATH. All defaults are in nextflow.config.
 *
 * With --report_to FILE the driver leaves what came of the run there, in one
 * line of JSON: {"v":1,"kind":"report","report":{...}} or
 * {"v":1,"kind":"error","message":"..."}. In a pod that file is
 * /dev/termination-log, which ends in the pod's status.
 */

process GENERATE {
    tag "${batch}"

    input:
    val batch

    output:
    tuple val(batch), path("batch_${batch}.csv")

    script:
    """
    generate --batch ${batch} --rows ${params.rows} --seed ${params.seed} --pace ${params.pace} --out batch_${batch}.csv
    """
}

process ANALYZE {
    tag "${batch}"

    input:
    tuple val(batch), path(csv)

    output:
    path "stats_${batch}.json"

    script:
    """
    analyze --batch ${batch} --in ${csv} --pace ${params.pace} --out stats_${batch}.json
    """
}

process REPORT {
    publishDir params.outdir, mode: 'copy', overwrite: true

    input:
    path stats

    output:
    path 'report.json'

    script:
    """
    report --out report.json --pace ${params.pace} ${stats}
    """
}

// A termination message holds 4,096 bytes, and a character may take six in JSON.
def leave(Map message) {
    if (params.report_to) {
        file(params.report_to).text = groovy.json.JsonOutput.toJson([v: 1] + message) + '\n'
    }
}

workflow {
    def asked = params.batches.toString()
    if (!(asked ==~ /[0-9]{1,2}/) || asked.toInteger() < 1 || asked.toInteger() > 12) {
        def refusal = "--batches is a whole number from 1 to 12, not '${asked}'"
        leave(kind: 'error', message: refusal)
        error refusal
    }

    GENERATE(channel.of(1..asked.toInteger()))
    ANALYZE(GENERATE.out)
    REPORT(ANALYZE.out.collect())
    REPORT.out.subscribe { report ->
        leave(kind: 'report', report: new groovy.json.JsonSlurper().parseText(report.text))
    }

    // Inside the closure the name would mean something else to Nextflow 24.
    def metadata = workflow
    workflow.onError {
        // Of a task that could not even be submitted there is only a report of many lines.
        def cause = metadata.errorReport?.tokenize('\n')?.dropWhile { line -> !line.startsWith('Caused by') }?.drop(1)?.join(' ')
        def message = metadata.errorMessage ?: cause ?: 'The workflow failed'
        leave(kind: 'error', message: message.replaceAll(/\s+/, ' ').trim().take(500))
    }
}
