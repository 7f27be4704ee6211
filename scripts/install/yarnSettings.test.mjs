import assert from 'node:assert/strict';
import { test } from 'node:test';
import { yarnSettings } from './yarnSettings.mjs';

test('hands on nothing when npm says nothing', () => {
  assert.deepEqual(
    yarnSettings({ 'strict-ssl': true, proxy: null, noproxy: [''] }, {}),
    {},
  );
});

test('hands on registry, certificates and strictness', () => {
  assert.deepEqual(
    yarnSettings(
      {
        registry: 'https://npm.corp.example/repo/',
        cafile: '/etc/ssl/corp.pem',
        'strict-ssl': false,
      },
      {},
    ),
    {
      npmRegistryServer: 'https://npm.corp.example/repo',
      httpsCaFilePath: '/etc/ssl/corp.pem',
      enableStrictSsl: false,
    },
  );
});

test('names the host of a registry without TLS, which Yarn refuses', () => {
  assert.deepEqual(yarnSettings({ registry: 'http://localhost:4873/' }, {}), {
    npmRegistryServer: 'http://localhost:4873',
    unsafeHttpWhitelist: ['localhost'],
  });
});

test('hands on proxies, and the hosts that need none', () => {
  assert.deepEqual(
    yarnSettings(
      {
        proxy: 'http://proxy:3128/',
        'https-proxy': 'http://secure:3128/',
        noproxy: ['.corp.example', 'localhost'],
      },
      {},
    ),
    {
      httpProxy: 'http://proxy:3128/',
      httpsProxy: 'http://secure:3128/',
      networkSettings: {
        'corp.example': { httpProxy: '', httpsProxy: '' },
        '*.corp.example': { httpProxy: '', httpsProxy: '' },
        localhost: { httpProxy: '', httpsProxy: '' },
        '*.localhost': { httpProxy: '', httpsProxy: '' },
      },
    },
  );
});

test('takes proxies from the environment, as npm does', () => {
  assert.deepEqual(
    yarnSettings(
      { proxy: null, 'https-proxy': null },
      { HTTPS_PROXY: 'http://env:3128', no_proxy: 'internal' },
    ),
    {
      httpsProxy: 'http://env:3128',
      networkSettings: {
        internal: { httpProxy: '', httpsProxy: '' },
        '*.internal': { httpProxy: '', httpsProxy: '' },
      },
    },
  );
});

test('hands on the registries of scopes, and who we are there', () => {
  assert.deepEqual(
    yarnSettings(
      {
        '@corp:registry': 'https://npm.corp.example/private/',
        '//npm.corp.example/private/:_authToken': 'token',
        '//basic.example/:_auth': 'dXNlcjpwYXNz',
        '//named.example:8443/:username': 'ada',
        '//named.example:8443/:_password': 'c2VjcmV0',
        '//certificates.example/:cafile': '/etc/ssl/other.pem',
      },
      {},
    ),
    {
      npmScopes: {
        corp: { npmRegistryServer: 'https://npm.corp.example/private' },
      },
      npmRegistries: {
        '//npm.corp.example/private': {
          npmAlwaysAuth: true,
          npmAuthToken: 'token',
        },
        '//basic.example': {
          npmAlwaysAuth: true,
          npmAuthIdent: 'dXNlcjpwYXNz',
        },
        '//named.example:8443': {
          npmAlwaysAuth: true,
          npmAuthIdent: 'ada:secret',
        },
      },
    },
  );
});
