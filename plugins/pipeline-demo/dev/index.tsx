/**
 * Every state of the page, without a backend: `npm run dev:page`, or
 * `backstage-cli package start` here. `?scenario=&theme=&width=` as in the
 * switch; `chrome=0` hides it.
 */
import '@backstage/cli/asset-types';
import './index.css';
import ReactDOM from 'react-dom/client';
import { createDevApp } from './DevApp';
import { DevShell } from './DevShell';
import { isPageAlone, readView, scenarioOf } from './view';

const { search, pathname } = window.location;
const view = readView(search);
const root = ReactDOM.createRoot(document.getElementById('root')!);

if (isPageAlone(search, pathname)) {
  // Where Backstage keeps the theme that the visitor has chosen, and that
  // somebody signed in as guest.
  localStorage.setItem('theme', view.theme);
  localStorage.setItem('@backstage/core:SignInPage:provider', 'guest');
  localStorage.setItem('enableLegacyGuestToken', 'true');
  root.render(createDevApp(scenarioOf(view.scenario)).createRoot());
} else {
  root.render(<DevShell first={view} />);
}
