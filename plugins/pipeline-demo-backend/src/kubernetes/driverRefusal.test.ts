import { plainError } from './driverRefusal';

/** As Nextflow 24.10 quotes it, on one line. */
const QUOTED = String.raw`Request POST /apis/batch/v1/namespaces/demo/jobs returned an error code=403 { "kind": "Status", "apiVersion": "v1", "metadata": { }, "status": "Failure", "message": "jobs.batch is forbidden: User \"system:serviceaccount:demo:pipeline-demo-driver\" cannot create resource \"jobs\" in API group \"batch\" in the namespace \"demo\"", "reason": "Forbidden", "details": { "group": "batch", "kind": "jobs" }, "code": 403 }`;

describe('plainError', () => {
  it('names the right that the driver lacks', () => {
    expect(plainError(QUOTED)).toBe(
      'The driver may not create jobs in the namespace demo.',
    );
    expect(
      plainError(
        QUOTED.replace('create', 'get').replace(
          String.raw`\"jobs\"`,
          String.raw`\"pods/status\"`,
        ),
      ),
    ).toBe('The driver may not get pods/status in the namespace demo.');
  });

  it('does without the end of a long quotation', () => {
    const cut = QUOTED.slice(0, QUOTED.indexOf('in API group'));
    expect(plainError(cut)).toBe('The driver may not create jobs.');
  });

  it('leaves other errors as they are', () => {
    const other = 'Process `GENERATE (2)` terminated with exit status 1';
    expect(plainError(other)).toBe(other);
  });
});
