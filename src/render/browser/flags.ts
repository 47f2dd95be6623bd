/** Chromium's own services that have no place in printing, or that open further processes and connections. */
const DISABLED_FEATURES = [
  'AcceptCHFrame',
  'IsolateSandboxedIframes',
  'MediaRouter',
  'OptimizationHints',
  'PaintHolding',
  'ProcessPerSiteUpToMainFrameThreshold',
  'Translate',
];

/**
 * The command line of the browser, without the profile and the debugging pipe.
 * No name resolves and no proxy is asked, so that even what escapes a page's own guard (prefetching does) reaches
 * nothing; fonts and colours do not follow the machine; there is no GPU process to start and fail.
 * @param sandbox false only where the system does not let the browser make its sandbox
 */
export function launchFlags({ sandbox }: { sandbox: boolean }): string[] {
  return [
    '--headless',
    ...(sandbox ? [] : ['--no-sandbox']),
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-proxy-server',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-extensions',
    '--disable-sync',
    '--no-pings',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-breakpad',
    '--disable-crash-reporter',
    '--disable-dev-shm-usage',
    '--disable-gpu',
    '--disable-software-rasterizer',
    '--disable-hang-monitor',
    '--mute-audio',
    '--hide-scrollbars',
    '--password-store=basic',
    '--use-mock-keychain',
    '--lang=en-US',
    '--font-render-hinting=none',
    '--force-color-profile=srgb',
    '--export-tagged-pdf',
    '--generate-pdf-document-outline',
    `--disable-features=${DISABLED_FEATURES.join(',')}`,
  ];
}
