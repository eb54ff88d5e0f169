// A device on a socket that expects a goodbye: LAMP=localhost:5000
import { connect, onCleanup, onIntent } from "earshot/skills";

const lamp = connect(process.env.LAMP ?? "localhost:5000");
lamp.write("HELLO\n");

onIntent("LampOn", () => {
  lamp.write("ON\n");
  return "The lamp is on.";
});

// Earshot sends this before it closes the socket. If the device does not answer, that takes half a second.
onCleanup(() => lamp.end("GOODBYE\n"));
