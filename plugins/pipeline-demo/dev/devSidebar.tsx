import { Sidebar, SidebarGroup, SidebarItem } from '@backstage/core-components';
import { NavContentBlueprint } from '@backstage/plugin-app-react';

/** A portal's sidebar, which on a phone has a name for what it opens. */
export const devSidebar = NavContentBlueprint.make({
  params: {
    component: ({ navItems }) => {
      const items = navItems.withComponent(item => (
        <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
      ));
      return (
        <Sidebar>
          <SidebarGroup label="Menu" to="/pipeline-demo" icon={<svg />}>
            {items.rest({ sortBy: 'title' })}
          </SidebarGroup>
        </Sidebar>
      );
    },
  },
});
