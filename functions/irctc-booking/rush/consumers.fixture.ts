/** Who hears what, as the stack has it. */
import { allocateBerths } from '../consumers/allocate-berths.ts';
import { hearPayment } from '../consumers/hear-payment.ts';
import { prepareChart } from '../consumers/prepare-chart.ts';
import { promoteWaiting } from '../consumers/promote-waiting.ts';
import { refundBooking } from '../consumers/refund-booking.ts';
import { takePayment } from '../consumers/take-payment.ts';
import { events } from '../contract.events.ts';
import type { RushPorts } from './ports.fixture.ts';
import type { Told } from './queues.fixture.ts';

type Consume = (ports: RushPorts, event: Told, attempt: number) => Promise<void>;

// What is told is what was committed a moment ago, so it has the shape that its consumer parses.
const CONSUMERS: { readonly [type: string]: Consume } = {
  [events.requested.type]: (ports, event, attempt) => allocateBerths(ports)(event as never, { attempt }),
  [events.paymentWanted.type]: (ports, event) => takePayment(ports)(event as never),
  [events.refundWanted.type]: (ports, event) => refundBooking(ports)(event as never),
  [events.promotionDue.type]: (ports, event) => promoteWaiting(ports)(event as never),
  [events.chartDue.type]: (ports, event) => prepareChart(ports)(event as never),
};

export const consumerOf = (type: string): Consume | undefined =>
  type.startsWith('paytm-saga.') ? (ports, event) => hearPayment(ports)(event as never) : CONSUMERS[type];
