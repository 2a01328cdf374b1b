/** What the chosen order costs, as ordering has billed it. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { OrderId } from '../../../functions/zomato-ordering/contract.views.ts';
import { orderQuery } from '../../city/live-orders.ts';
import { AskProblem } from '../../city/problem.ts';
import { billLines } from '../../model/live-order.ts';
import { Answered } from '../../parts/trouble.tsx';
import { rupeesIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { CHARGES, METHODS, PAYMENTS, WORDS } from './words.ts';

interface BillProps {
  readonly order: OrderId;
  /** How much has happened to it: whether it is paid is asked again with each. */
  readonly news: number;
}

export const BillOf = ({ order, news }: BillProps) => {
  const { t, language } = useLanguage();
  const queries = useQueryClient();
  const asked = useQuery(orderQuery(order));
  useEffect(() => {
    if (news > 0) void queries.invalidateQueries({ queryKey: orderQuery(order).queryKey });
  }, [queries, order, news]);
  return (
    <Container header={<Header variant="h3">{t(WORDS.bill)}</Header>}>
      {asked.data === undefined && isMissing(asked.error) ? (
        <Box color="text-body-secondary">{t(WORDS.notThere)}</Box>
      ) : (
        <Answered of={asked}>
          {({ bill, payment }) => (
            <table className="lens bill">
              <tbody>
                {billLines(bill).map(({ what, paise, code }) => (
                  <tr key={what} className={what === 'total' ? 'bill-total' : ''}>
                    <th scope="row">
                      {code === undefined ? t(CHARGES[what]) : `${t(CHARGES[what])} ${code}`}
                    </th>
                    <td className="amount">{rupeesIn(language, paise)}</td>
                  </tr>
                ))}
                <tr>
                  <th scope="row">{t(WORDS.payment)}</th>
                  <td className="amount">{`${t(PAYMENTS[payment.state])}, ${t(METHODS[payment.method])}`}</td>
                </tr>
              </tbody>
            </table>
          )}
        </Answered>
      )}
    </Container>
  );
};

const isMissing = (error: unknown): boolean => error instanceof AskProblem && error.status === 404;
