export {
  AckFrame,
  CommandFrame,
  defineSocket,
  ErrorFrame,
  type SocketCommand,
  type SocketConnect,
  type SocketContract,
  type SocketDisconnect,
  socketRoutesOf,
} from './contract.ts';
