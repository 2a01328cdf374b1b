/** Under which effect a consumer keeps that it has worked on an event: `shared/effects/of-message`. */
export const works = {
  followOrders: { owner: 'follow-orders {subject}', name: '{id}' },
  followBookings: { owner: 'follow-bookings {subject}', name: '{id}' },
} as const;
