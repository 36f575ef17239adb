import { render } from 'preact';
import { takeLink } from './api/open-session.ts';
import { App } from './app.tsx';
import './styles/base.css';
import './styles/layout.css';
import './styles/parts.css';
import './styles/views.css';

const place = document.querySelector('#app');
if (place !== null) render(<App link={takeLink()} />, place);
