/**
 * Yarn does not read .npmrc: the same registry, proxy and certificates in
 * Yarn's words.
 *
 * @param npm npm's settings, see readNpmSettings
 * @param env the environment, whose proxies npm honours and Yarn does not
 * @returns what to put into Yarn's settings; what npm leaves open is left out
 */
export function yarnSettings(npm, env) {
  const variable = name => env[name] ?? env[name.toLowerCase()];
  const httpProxy = npm.proxy || variable('HTTP_PROXY');
  const httpsProxy = npm['https-proxy'] || variable('HTTPS_PROXY') || httpProxy;
  return withoutEmpty({
    npmRegistryServer: npm.registry?.replace(/\/$/, ''),
    unsafeHttpWhitelist: hostsOverHttp(npm),
    httpProxy,
    httpsProxy,
    networkSettings: httpsProxy
      ? hostsWithoutProxy(npm.noproxy || variable('NO_PROXY'))
      : {},
    httpsCaFilePath: npm.cafile,
    enableStrictSsl: npm['strict-ssl'] === false ? false : undefined,
    npmScopes: scopes(npm),
    npmRegistries: registries(npm),
  });
}

function withoutEmpty(settings) {
  const isEmpty = value =>
    value === undefined ||
    value === null ||
    value === '' ||
    (typeof value === 'object' && Object.keys(value).length === 0);
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => !isEmpty(value)),
  );
}

/** Yarn refuses plain http unless its host is named. */
function hostsOverHttp(npm) {
  return Object.entries(npm)
    .filter(([key]) => key === 'registry' || key.endsWith(':registry'))
    .filter(([, url]) => String(url).startsWith('http://'))
    .map(([, url]) => new URL(url).hostname);
}

function hostsWithoutProxy(noproxy) {
  const names = [noproxy].flat().join(',').split(',');
  const hosts = names
    .map(name => name.trim().replace(/^\*?\./, ''))
    .filter(name => name !== '')
    .flatMap(name => [name, `*.${name}`]);
  return Object.fromEntries(
    hosts.map(host => [host, { httpProxy: '', httpsProxy: '' }]),
  );
}

/** `@scope:registry=https://…` */
function scopes(npm) {
  return Object.fromEntries(
    Object.entries(npm)
      .filter(([key]) => /^@[^:]+:registry$/.test(key))
      .map(([key, url]) => [
        key.slice(1, key.indexOf(':')),
        { npmRegistryServer: url.replace(/\/$/, '') },
      ]),
  );
}

/** `//host/path/:_authToken=…`, `:_auth=…`, or `:username=…` with `:_password=…` */
function registries(npm) {
  const byRegistry = {};
  for (const [key, value] of Object.entries(npm)) {
    const [, registry, name] = /^(\/\/.+?)\/?:([^:/]+)$/.exec(key) ?? [];
    if (registry) {
      byRegistry[registry] = { ...byRegistry[registry], [name]: value };
    }
  }
  return Object.fromEntries(
    Object.entries(byRegistry)
      .map(([registry, keys]) => [registry, identity(keys)])
      .filter(([, settings]) => settings !== undefined),
  );
}

function identity({ _authToken, _auth, username, _password }) {
  if (_authToken) {
    return { npmAlwaysAuth: true, npmAuthToken: _authToken };
  }
  if (_auth) {
    return { npmAlwaysAuth: true, npmAuthIdent: _auth };
  }
  if (username && _password) {
    const password = Buffer.from(_password, 'base64').toString('utf8');
    return { npmAlwaysAuth: true, npmAuthIdent: `${username}:${password}` };
  }
  return undefined;
}
