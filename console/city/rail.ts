/** What the page of charts asks of railway booking and of its queues. Operators alone are told who sits where. */
import { queryOptions } from '@tanstack/react-query';
import { routes } from '../../functions/console/contract.ts';
import { type ChartView, chartRoutes } from '../../functions/irctc-booking/contract.charts.ts';
import type { ClassCode, JourneyDate, TrainNumber } from '../../functions/irctc-booking/contract.codes.ts';
import { type TrainView, trainRoutes } from '../../functions/irctc-booking/contract.trains.ts';
import { withOccupants } from '../model/rail-chart.ts';
import { ask } from './ask.ts';
import { CALM_MS, every, LIVE_MS } from './live.ts';

export const RAIL = 'irctc-booking';
/** Each change of a berth or of who waits is one of these. */
export const MOVED = 'irctc-booking.BookingMoved';

const TRAINS_A_PAGE = 50;
const MOST_PAGES_OF_TRAINS = 4;

/** The trains that can be booked, two hundred at most. */
export const trainsQuery = () =>
  queryOptions({
    queryKey: ['rail-trains'],
    queryFn: async ({ signal }): Promise<readonly TrainView[]> => {
      const trains: TrainView[] = [];
      let cursor: string | undefined;
      for (let pages = 0; pages < MOST_PAGES_OF_TRAINS; pages++) {
        const query = { limit: TRAINS_A_PAGE, cursor };
        const page = await ask(RAIL, trainRoutes.listTrains, { query }, { signal });
        trains.push(...page.items);
        if (page.next === undefined) break;
        cursor = page.next;
      }
      return trains;
    },
    refetchInterval: every(CALM_MS),
  });

/** Of so many bookings the occupants are read with each look. */
const BOOKINGS_A_PAGE = 200;
const MOST_PAGES_OF_CHART = 3;

interface OneChart {
  readonly train: TrainNumber;
  readonly date: JourneyDate;
  readonly class: ClassCode;
}

/** A chart; where it still has a `next`, not every occupant was read. */
export const chartQuery = ({ train, date, class: cls }: OneChart) =>
  queryOptions({
    queryKey: ['rail-chart', train, date, cls],
    queryFn: async ({ signal }): Promise<ChartView> => {
      const read = (cursor: string | undefined) =>
        ask(
          RAIL,
          chartRoutes.getChart,
          { path: { train, date }, query: { class: cls, limit: BOOKINGS_A_PAGE, cursor } },
          { signal },
        );
      let chart = await read(undefined);
      for (let pages = 1; chart.next !== undefined && pages < MOST_PAGES_OF_CHART; pages++)
        chart = withOccupants(chart, await read(chart.next));
      return chart;
    },
    refetchInterval: every(LIVE_MS),
  });

/** How deep its queues are: of SQS alone, so that every look is cheap. */
export const depthsQuery = () =>
  queryOptions({
    queryKey: ['queue-depths', RAIL],
    queryFn: ({ signal }) => ask('console', routes.getQueueDepths, { path: { system: RAIL } }, { signal }),
    refetchInterval: every(LIVE_MS),
    // Every look is one, however little has changed.
    structuralSharing: false,
  });
