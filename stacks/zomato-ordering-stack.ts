import type { Construct } from 'constructs';
import { events as sagaEvents } from '../functions/paytm-saga/contract.events.ts';
import { events, routes } from '../functions/zomato-ordering/contract.ts';
import { HouseFunction } from './constructs/house-function.ts';
import { DUE_INDEX, EFFECT_INDEXES, HouseTable } from './constructs/house-table.ts';
import { Outbox } from './constructs/outbox.ts';
import { Parking } from './constructs/parking.ts';
import { HouseApi } from './constructs/rest-api.ts';
import { clientSecretName, SystemStack } from './constructs/system-stack.ts';
import { WorkQueue } from './constructs/work-queue.ts';

const REFRESH_SECRET = 'dabbawala/zomato-ordering/refresh-tokens';

/** Pattern: REST. Restaurants, menus and orders as resources; an order's states are moved by kitchen, rider and payment. */
export class ZomatoOrderingStack extends SystemStack {
  constructor(scope: Construct) {
    super(scope, { system: 'zomato-ordering' });

    // 1. State: catalogue, orders and outbox are one consistency boundary; accounts and allowances are others.
    const table = new HouseTable(this, 'Orders', this, {
      stream: true,
      indexes: [
        ...EFFECT_INDEXES,
        { name: 'byCustomer', partition: 'customerPk', sort: 'customerSk' },
        { name: 'byKitchen', partition: 'kitchenPk', sort: 'kitchenSk' },
        { name: 'wanted', partition: 'wantedPk', sort: 'wantedSk' },
        ...DUE_INDEX,
        { name: 'active', partition: 'activePk', sort: 'activeSk' },
        { name: 'byRating', partition: 'cataloguePk', sort: 'ratingSk' },
        { name: 'byDelivery', partition: 'cataloguePk', sort: 'deliverySk' },
        { name: 'byName', partition: 'cataloguePk', sort: 'nameSk' },
      ],
    });
    const accounts = new HouseTable(this, 'Accounts', this, {});
    const allowances = new HouseTable(this, 'Allowances', this, {});
    const secret = this.clientSecret();
    const refreshSecret = this.generatedSecret('RefreshSecret', {
      secretName: REFRESH_SECRET,
      description: 'Of which the proofs of refresh tokens are made',
    });
    const parking = new Parking(this, this);

    const environment = { TABLE: table.tableName };
    const limits = { ALLOWANCES_TABLE: allowances.tableName };
    const people = { ACCOUNTS_TABLE: accounts.tableName };
    const fn = (file: string, reads: { readonly [name: string]: string }, timeoutSeconds = 10) =>
      new HouseFunction(this, this, { file, environment: reads, timeoutSeconds });

    /** Lets functions ask other systems, with a token that identity gives for our secret. */
    const asks = (system: 'identity' | 'paytm-saga', ...functions: HouseFunction[]): void => {
      for (const one of functions) {
        one.addEnvironment('CLIENT_SECRET_ARN', secret.secretArn);
        one.may(['secretsmanager:GetSecretValue'], this.secretArn(clientSecretName(this.system)));
        one.may(['ssm:GetParameter'], this.parameterArn('identity/url'));
        if (system !== 'identity') one.may(['ssm:GetParameter'], this.parameterArn(`${system}/url`));
      }
    };

    // 2. Doors of people.
    const signUp = fn('sign-up', { ...people, ...limits });
    const logIn = fn('log-in', { ...people, ...limits });
    const refreshSession = fn('refresh-session', { ...people, ...limits });
    const logOut = fn('log-out', { ...people, ...limits });
    const linkWallet = fn('link-wallet', { ...people, ...limits });
    accounts.appendedBy(signUp, logIn).committedBy(refreshSession, logOut, linkWallet);
    asks('identity', logIn, refreshSession);
    for (const one of [logIn, refreshSession, logOut]) {
      one.addEnvironment('REFRESH_SECRET_ARN', refreshSecret.secretArn);
      one.may(['secretsmanager:GetSecretValue'], this.secretArn(REFRESH_SECRET));
    }

    // 3. Doors of the catalogue.
    const health = fn('health', { ...environment, ...limits });
    const listRestaurants = fn('list-restaurants', { ...environment, ...limits });
    const getMenu = fn('get-menu', { ...environment, ...limits });
    const publishRestaurant = fn('publish-restaurant', { ...environment, ...limits });
    const openRestaurant = fn('open-restaurant', { ...environment, ...limits });
    const publishMenu = fn('publish-menu', { ...environment, ...limits });
    const changeItem = fn('change-item', { ...environment, ...limits });
    table
      .queriedBy('byName', health, listRestaurants)
      .queriedBy('active', health)
      .queriedBy('byRating', listRestaurants)
      .queriedBy('byDelivery', listRestaurants)
      .readBy(getMenu)
      .appendedBy(publishRestaurant, openRestaurant, publishMenu, changeItem);

    // 4. Doors of orders.
    const placeOrder = fn('place-order', { ...environment, ...people, ...limits });
    const getOrder = fn('get-order', { ...environment, ...limits });
    const listOrders = fn('list-orders', { ...environment, ...people, ...limits });
    const listOrdersUnderWay = fn('list-orders-under-way', { ...environment, ...limits });
    const listKitchenOrders = fn('list-kitchen-orders', { ...environment, ...limits });
    const listDeliveries = fn('list-deliveries', { ...environment, ...limits });
    const moveOrder = fn('move-order', { ...environment, ...limits });
    const takeDelivery = fn('take-delivery', { ...environment, ...limits });
    const giveBackDelivery = fn('give-back-delivery', { ...environment, ...limits });
    const cancelOrder = fn('cancel-order', { ...environment, ...limits });
    const getCancellation = fn('get-cancellation', { ...environment, ...limits });
    accounts.readBy(placeOrder, listOrders);
    table
      .appendedBy(placeOrder, moveOrder, takeDelivery, giveBackDelivery, cancelOrder)
      .checkedBy(placeOrder)
      .readBy(getOrder, getCancellation, listKitchenOrders)
      .queriedBy('byCustomer', listOrders)
      .queriedBy('active', listOrdersUnderWay)
      .queriedBy('byKitchen', listKitchenOrders)
      .queriedBy('wanted', listDeliveries);

    const all = [
      ...[health, signUp, logIn, refreshSession, logOut, linkWallet, listRestaurants, getMenu],
      ...[publishRestaurant, openRestaurant, publishMenu, changeItem],
      ...[placeOrder, getOrder, listOrders, listOrdersUnderWay, listKitchenOrders, listDeliveries],
      ...[moveOrder, takeDelivery, giveBackDelivery, cancelOrder, getCancellation],
    ];
    allowances.appendedBy(...all);
    const doors = Object.fromEntries(
      all.map((door) => [door.houseName.slice(`${this.system}-`.length), door]),
    );
    new HouseApi(this, this, { routes, doors });

    // 5. Money: asked for by our own events, told of by the payment saga's, and asked about again by the clock.
    const payOrder = fn('pay-order', environment, 15);
    const refundOrder = fn('refund-order', environment, 15);
    const hearPayment = fn('hear-payment', environment);
    const sweep = fn('sweep', environment, 30);
    table.appendedBy(payOrder, refundOrder, hearPayment, sweep).queriedBy('due', sweep);
    asks('paytm-saga', payOrder, refundOrder, sweep);
    parking.usedBy(payOrder, refundOrder, hearPayment, sweep);
    new WorkQueue(this, this, { consumer: payOrder }).onEvents(this.system, [events.paymentWanted.type]);
    new WorkQueue(this, this, { consumer: refundOrder }).onEvents(this.system, [events.refundWanted.type]);
    new WorkQueue(this, this, { consumer: hearPayment }).onEvents(
      'paytm-saga',
      [sagaEvents.completed, sagaEvents.refused, sagaEvents.compensated, sagaEvents.refundCompleted].map(
        ({ type }) => type,
      ),
    );
    new WorkQueue(this, this, { consumer: sweep, batchSize: 1, maxConcurrency: 2 }).everyMinute({
      sweep: 'orders',
    });

    new Outbox(this, this, { table, parking, events: Object.values(events).map(({ type }) => type) });
  }
}
