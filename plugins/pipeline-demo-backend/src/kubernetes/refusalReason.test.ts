import { driverReason, refusalReason } from './refusalReason';

describe('refusalReason', () => {
  it.each([
    [
      'admission webhook "policy.example.com" denied the request: no',
      'AdmissionRefused',
    ],
    [
      'pods "x" is forbidden: minimum memory usage per Pod is 64Mi, but request is 16Mi',
      'LimitRange',
    ],
    ['something new', 'FailedCreate'],
  ])('knows who refuses: %s', (message, code) => {
    expect(refusalReason(message)).toEqual({ code, message });
  });
});

describe('driverReason', () => {
  it('names the verb and the resource that the driver lacks', () => {
    const words =
      'jobs.batch is forbidden: User "system:serviceaccount:pipeline-demo:pipeline-demo-driver" cannot create resource "jobs" in API group "batch" in the namespace "pipeline-demo"';
    expect(driverReason(words)).toEqual({
      code: 'PermissionMissing',
      message: `The driver may not create jobs: ${words}`,
    });
  });

  it('reads it also where Nextflow quotes the API server', () => {
    const words = String.raw`Request POST /apis/batch/v1/namespaces/x/jobs returned an error code=403 { "message": "jobs.batch is forbidden: User \"system:serviceaccount:x:pipeline-demo-driver\" cannot get resource \"jobs/status\" in API group \"batch\"" }`;
    expect(driverReason(words)?.message).toMatch(
      /^The driver may not get jobs\/status: /,
    );
  });

  it.each([
    'java.net.ConnectException: Connection refused',
    'java.net.SocketTimeoutException: connect timed out',
    'java.net.UnknownHostException: kubernetes.default.svc',
  ])('knows an API server that does not answer: %s', words => {
    expect(driverReason(words)).toEqual({
      code: 'ApiServerUnreachable',
      message: words,
    });
  });

  it('leaves other words to speak for themselves', () => {
    expect(driverReason("Process 'GENERATE (1)' terminated")).toBeUndefined();
  });
});
