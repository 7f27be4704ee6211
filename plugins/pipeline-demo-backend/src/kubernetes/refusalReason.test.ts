import { plainError } from './driverRefusal';
import { driverCode, refusalReason } from './refusalReason';

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

describe('driverCode', () => {
  it('knows a missing right, in the words of Nextflow', () => {
    const words = String.raw`Request POST /apis/batch/v1/namespaces/x/jobs returned an error code=403 { "message": "jobs.batch is forbidden: User \"system:serviceaccount:x:pipeline-demo-driver\" cannot get resource \"jobs/status\" in API group \"batch\"" }`;
    expect(driverCode(plainError(words))).toBe('PermissionMissing');
  });

  it.each([
    'java.net.ConnectException: Connection refused',
    'java.net.SocketTimeoutException: connect timed out',
    'java.net.UnknownHostException: kubernetes.default.svc',
  ])('knows an API server that does not answer: %s', words => {
    expect(driverCode(words)).toBe('ApiServerUnreachable');
  });

  it('leaves other words to speak for themselves', () => {
    expect(driverCode("Process 'GENERATE (1)' terminated")).toBeUndefined();
  });
});
