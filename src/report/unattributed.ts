/** How a report names what has no campaign. A campaign may really be called so too. */
export const UNATTRIBUTED = 'Unattributed';
