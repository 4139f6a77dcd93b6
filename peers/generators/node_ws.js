// A load generator as one writes it with the ws package for Node.js: counts messages, and nothing else.
//
//   node node_ws.js PORT PATH CLIENTS BYTES IN_FLIGHT WARMUP SECONDS
//
// The same load and the same line of JSON as bare_load.c.
'use strict';
const { WebSocket } = require('ws');

const [port, path, ...numbers] = process.argv.slice(2);
const [clients, bytes, inFlight, warmup, seconds] = numbers.map(Number);
const drainMilliseconds = 2000;

const payload = Buffer.alloc(bytes, 'x');
const received = new Array(clients).fill(0);
// Deliveries that each outstanding message still lacks; the relay keeps one order, so a client's n-th is the n-th.
const missing = new Map();
let published = 0;
let deliveries = 0;
let isPublishing = false;

function publish(publisher) {
    while (isPublishing && missing.size < inFlight) {
        missing.set(published++, clients);
        publisher.send(payload);
    }
}

function now() {
    const { user, system } = process.cpuUsage();
    return { at: process.hrtime.bigint(), user, system, deliveries, published };
}

function connect(index) {
    return new Promise((resolve, reject) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
            perMessageDeflate: false, skipUTF8Validation: true,
        });
        socket.on('open', () => resolve(socket));
        socket.on('error', reject);
        socket.on('message', () => {
            deliveries++;
            const message = received[index]++;
            const left = missing.get(message) - 1;
            if (left > 0) {
                missing.set(message, left);
            } else {
                missing.delete(message);
                publish(sockets[0]);
            }
        });
    });
}

const sockets = [];
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function main() {
    for (let index = 0; index < clients; index++) sockets.push(await connect(index));
    isPublishing = true;
    publish(sockets[0]);
    await sleep(warmup * 1000);
    const first = now();
    await sleep(seconds * 1000);
    const last = now();
    isPublishing = false;
    for (let waited = 0; missing.size > 0 && waited < drainMilliseconds; waited += 10) await sleep(10);
    const userNanoseconds = (last.user - first.user) * 1000;
    const systemNanoseconds = (last.system - first.system) * 1000;
    console.log(JSON.stringify({
        messages: last.published - first.published, deliveries: last.deliveries - first.deliveries,
        elapsedNanoseconds: Number(last.at - first.at), cpuNanoseconds: userNanoseconds + systemNanoseconds,
        userNanoseconds, systemNanoseconds, missing: published * clients - deliveries,
    }));
    process.exit(0);
}

main().catch((error) => {
    console.error(`node_ws: ${error.message}`);
    process.exit(1);
});
