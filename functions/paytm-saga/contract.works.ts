/** Under which effect each consumer keeps that it has worked on an event: `shared/effects/of-message`. */
export const works = {
  deliverNotice: { owner: 'deliver-notice {data.payment}', name: '{id}' },
  hearBank: { owner: 'hear-bank {data.key}', name: '{id}' },
  callBack: { owner: 'call-back {data.payment}', name: '{id}' },
} as const;
