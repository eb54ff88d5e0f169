// A device on a socket, which wants to be told goodbye: LAMP=localhost:5000
import { connect, onCleanup, onIntent } from "earshot/skills";

const lamp = connect(process.env.LAMP ?? "localhost:5000");
lamp.write("HELLO\n");

onIntent("LampOn", () => {
  lamp.write("ON\n");
  return "The lamp is on.";
});

// What is written here is sent before the socket is closed; a device that does not answer costs half a second.
onCleanup(() => lamp.end("GOODBYE\n"));
