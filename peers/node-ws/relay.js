// Broadcast with the ws package for Node.js: a message is framed once with its public Sender.frame(), which is there
// for this, and the frame written to the sockets that the upgrades came on.
'use strict';
const { Sender, WebSocket, WebSocketServer } = require('ws');

const server = new WebSocketServer({
    host: '127.0.0.1', port: Number(process.argv[2]), perMessageDeflate: false, maxPayload: 16 * 1024 * 1024,
});
const sockets = new Map();

server.on('connection', (client, request) => {
    request.socket.setNoDelay(true);
    sockets.set(client, request.socket);
    client.on('close', () => sockets.delete(client));
    client.on('error', () => client.terminate());
    client.on('message', (data, isBinary) => {
        const options = { fin: true, rsv1: false, opcode: isBinary ? 2 : 1, mask: false, readOnly: true };
        const frame = Buffer.concat(Sender.frame(data, options));
        for (const [client, socket] of sockets) {
            if (client.readyState === WebSocket.OPEN) socket.write(frame);
        }
    });
});
