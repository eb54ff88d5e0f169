import { onAbort } from "../../base/waiting/on-abort.ts";
import type { Socket } from "node:net";
import { EarshotError } from "../../errors.ts";
import type { Resources } from "../thread/resources.ts";
import type { MqttCommand } from "./read-commands.ts";

const CONNECT = 0x10;
const CONNACK = 0x20;
/** PUBLISH with "at least once": the broker says that it has it. */
const PUBLISH_ACKNOWLEDGED = 0x32;
const RETAIN = 0x01;
const PUBACK = 0x40;
const DISCONNECT = 0xe0;
const CLEAN_SESSION = 0x02;
const HAS_PASSWORD = 0x40;
const HAS_USER = 0x80;
const PORT = 1883;
const REFUSALS = [
  "",
  "protocol version",
  "client name",
  "not available",
  "user or password",
  "not allowed",
];

/**
 * Publishes one message to an MQTT 3.1.1 broker, and resolves when the broker has acknowledged it.
 * Source: OASIS MQTT 3.1.1, chapter 3.
 */
export async function publish(
  resources: Resources,
  { broker, topic, payload = "", retain = false, user, password }: MqttCommand,
  signal: AbortSignal,
): Promise<void> {
  let failure: Error | undefined;
  const address = /:\d+$/.test(broker) ? broker : `${broker}:${PORT}`;
  const socket = resources.connect(address, (error) => (failure = error));
  using _ = onAbort(signal, () => socket.destroy());
  try {
    const packets = packetsOf(socket);
    socket.write(connectPacket(user, password));
    const refusal = (await answer(packets, CONNACK, () => failure, broker))[1] ?? 0;
    if (refusal !== 0) throw mqttError(broker, `refuses: ${REFUSALS[refusal] ?? refusal}`);
    const kind = PUBLISH_ACKNOWLEDGED | (retain ? RETAIN : 0);
    const packetId = Buffer.from([0, 1]);
    socket.write(packet(kind, [textField(topic), packetId, Buffer.from(payload)]));
    await answer(packets, PUBACK, () => failure, broker);
    socket.end(packet(DISCONNECT, []));
  } catch (error) {
    socket.destroy();
    throw signal.aborted ? signal.reason : error;
  }
}

function connectPacket(user: string | undefined, password: string | undefined): Buffer {
  const flags =
    CLEAN_SESSION |
    (user === undefined ? 0 : HAS_USER) |
    (password === undefined ? 0 : HAS_PASSWORD);
  const keepAliveSeconds = 30;
  const header = Buffer.from([4, flags, 0, keepAliveSeconds]);
  const clientId = textField(`earshot-${process.pid}-${process.hrtime.bigint() % 100_000n}`);
  const credentials = [user, password].filter((text) => text !== undefined).map(textField);
  return packet(CONNECT, [textField("MQTT"), header, clientId, ...credentials]);
}

function packet(kind: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length: number[] = [];
  for (let left = body.length; ; left = left >> 7) {
    if (left < 128) {
      length.push(left);
      break;
    }
    length.push((left & 127) | 128);
  }
  return Buffer.concat([Buffer.from([kind, ...length]), body]);
}

function textField(text: string): Buffer {
  const bytes = Buffer.from(text);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The body of the next packet of this kind. */
async function answer(
  packets: AsyncGenerator<{ kind: number; body: Buffer }>,
  kind: number,
  failure: () => Error | undefined,
  broker: string,
): Promise<Buffer> {
  for (;;) {
    const next = await packets.next();
    if (next.done === true) throw failure() ?? mqttError(broker, "closed the connection");
    if (next.value.kind === kind) return next.value.body;
  }
}

/** Answers to a publisher are short: one byte says how long. */
async function* packetsOf(socket: Socket): AsyncGenerator<{ kind: number; body: Buffer }> {
  const chunks: AsyncIterator<Buffer> = socket.iterator({ destroyOnReturn: false });
  let bytes = Buffer.alloc(0);
  for (;;) {
    const length = bytes[1];
    if (length !== undefined && bytes.length >= 2 + length) {
      yield { kind: (bytes[0] ?? 0) & 0xf0, body: bytes.subarray(2, 2 + length) };
      bytes = bytes.subarray(2 + length);
      continue;
    }
    const next = await chunks.next().catch(() => undefined); // its event reports an error
    if (next === undefined || next.done === true) return;
    bytes = Buffer.concat([bytes, next.value]);
  }
}

function mqttError(broker: string, what: string): EarshotError {
  return new EarshotError("SKILL_FAILED", `the MQTT broker ${broker} ${what}`);
}
