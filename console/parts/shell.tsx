/** The frame around every page: where one is, where one can go, language, light, and who looks. */
import SideNavigation from '@cloudscape-design/components/side-navigation';
import TopNavigation from '@cloudscape-design/components/top-navigation';
import { Outlet, useLocation } from 'react-router';
import { useSession } from '../city/signed-in.tsx';
import { useLanguage } from '../words/language.tsx';
import { useTheme } from '../words/theme.ts';
import { WORDS } from './words.ts';

export const Shell = () => {
  const { t, language, speak } = useLanguage();
  const { theme, choose } = useTheme();
  const { session, signOut } = useSession();
  const { pathname } = useLocation();
  return (
    <>
      <div id="top">
        <TopNavigation
          identity={{ href: '#/', title: t(WORDS.city) }}
          utilities={[
            {
              type: 'button',
              text: t(WORDS.language),
              ariaLabel: t(WORDS.languageHelp),
              onClick: () => speak(language === 'en' ? 'hi' : 'en'),
            },
            {
              type: 'button',
              text: t(theme === 'dark' ? WORDS.light : WORDS.dark),
              onClick: () => choose(theme === 'dark' ? 'light' : 'dark'),
            },
            {
              type: 'menu-dropdown',
              text: t(session.role === 'operator' ? WORDS.operator : WORDS.viewer),
              iconName: 'user-profile',
              items: [{ id: 'sign-out', text: t(WORDS.signOut) }],
              onItemClick: signOut,
            },
          ]}
        />
      </div>
      <div className="frame">
        <nav aria-label={t(WORDS.navigation)}>
          <SideNavigation
            activeHref={activeHref(pathname)}
            items={[
              {
                type: 'section-group',
                title: t(WORDS.sagas),
                items: [{ type: 'link', text: t(WORDS.machines), href: '#/' }],
              },
              {
                type: 'section-group',
                title: t(WORDS.room),
                items: [
                  { type: 'link', text: t(WORDS.systems), href: '#/systems' },
                  { type: 'link', text: t(WORDS.traces), href: '#/traces' },
                  { type: 'link', text: t(WORDS.deadLetters), href: '#/dead-letters' },
                  { type: 'link', text: t(WORDS.events), href: '#/events' },
                  { type: 'link', text: t(WORDS.live), href: '#/live' },
                  { type: 'link', text: t(WORDS.chart), href: '#/chart' },
                ],
              },
            ]}
          />
        </nav>
        <main>
          <Outlet />
        </main>
      </div>
    </>
  );
};

const activeHref = (pathname: string): string => {
  const first = pathname.split('/')[1] ?? '';
  return first === 'machines' ? '#/' : `#/${first}`;
};
