import {
  Link,
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import {
  configApiRef,
  createFrontendModule,
  useApi,
} from '@backstage/frontend-plugin-api';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import MenuIcon from '@material-ui/icons/Menu';
import styles from './nav.module.css';

function Logo() {
  const title = useApi(configApiRef).getOptionalString('app.title');
  return (
    <Link to="/" className={styles.logo} underline="none">
      <svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
        <circle cx="5" cy="6" r="2.5" />
        <circle cx="5" cy="18" r="2.5" />
        <circle cx="19" cy="12" r="2.5" />
        <path d="M7.5 6c5 0 4 6 9 6M7.5 18c5 0 4-6 9-6" />
      </svg>
      <span className={styles.title}>{title}</span>
    </Link>
  );
}

const sidebar = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => {
      const items = navItems.withComponent(item => (
        <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
      ));
      return (
        <Sidebar>
          <Logo />
          <SidebarDivider />
          <SidebarGroup label="Menu" icon={<MenuIcon />}>
            {items.take('page:pipeline-demo')}
            {items.take('page:catalog')}
            {items.take('page:api-docs')}
            <SidebarScrollWrapper>
              {items.rest({ sortBy: 'title' })}
            </SidebarScrollWrapper>
          </SidebarGroup>
          <SidebarSpace />
          <SidebarDivider />
          <SidebarGroup
            label="Settings"
            icon={<UserSettingsSignInAvatar />}
            to="/settings"
          >
            {items.take('page:user-settings')}
          </SidebarGroup>
        </Sidebar>
      );
    },
  },
});

/** The portal's sidebar: what a visitor of the demo needs, and no more. */
export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [sidebar],
});
