/**
 * A bare `ws` server, started by its parent and told nothing: it says on which port of loopback it listens, and says what one
 * connection says to all of them. It ends with its parent.
 */
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';

const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
server.on('listening', () => process.send?.((server.address() as AddressInfo).port));
server.on('connection', (socket) => {
  socket.on('message', (data) => {
    for (const one of server.clients) one.send(data, { binary: false });
  });
});
process.once('disconnect', () => process.exit());
