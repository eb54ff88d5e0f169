// Plays the files of a folder, one after another, with any player; pauses while somebody speaks.
//   MUSIC=~/music  MUSIC_PLAYER="mpg123 -q"
import { readdir } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { log, onCleanup, onIntent, onStart, persisted, signals, spawn } from "earshot/skills";

const FOLDER = process.env.MUSIC ?? path.join(homedir(), "Music");
const [PLAYER, ...ARGUMENTS] = (process.env.MUSIC_PLAYER ?? "mpg123 -q").split(" ");

/** The position, which survives a reload and a restart. */
const memory = persisted({ song: 0, isPlaying: false });
/** The player of the current song. */
let player;
let isPaused = false;

onIntent("PlayMusic", async () => {
  if (player !== undefined) pause(false);
  else await play();
});

onIntent("PauseMusic", () => pause(true));

onIntent("NextSong", async () => {
  memory.song += 1;
  await play();
});

onIntent("StopMusic", stop);

// Earshot cannot hear anybody over the music.
signals.on("listening", (isListening) => {
  if (!isPaused) send(isListening ? "SIGSTOP" : "SIGCONT");
});

onStart(async () => {
  if (memory.isPlaying) await play();
});

onCleanup(async () => {
  const wasPlaying = memory.isPlaying;
  await stop();
  memory.isPlaying = wasPlaying; // so that it continues after a reload
});

async function play() {
  await stop();
  const songs = await songsIn(FOLDER);
  if (songs.length === 0) throw new Error(`there is no music in ${FOLDER}: set MUSIC`);
  const song = songs[memory.song % songs.length];
  const playing = await spawn(PLAYER, [...ARGUMENTS, song], { stdio: ["ignore", "ignore", "pipe"] });
  player = playing;
  isPaused = false;
  memory.isPlaying = true;
  log(`plays ${path.basename(song)}`);
  void playNextAfter(playing);
}

async function playNextAfter(playing) {
  const { code } = await playing.exited;
  if (player !== playing) return; // it was stopped
  player = undefined;
  if (code !== 0) {
    log.warn(`${PLAYER} failed: ${playing.outputTail.trim()}`);
    return;
  }
  memory.song += 1;
  await play();
}

function pause(shallPause) {
  isPaused = shallPause;
  send(shallPause ? "SIGSTOP" : "SIGCONT");
}

async function stop() {
  const stopped = player;
  player = undefined;
  memory.isPlaying = false;
  await stopped?.stop();
}

/** Signals the player and everything it has started; a stopped process keeps its place in the song. */
function send(signal) {
  if (player?.isRunning) process.kill(-player.pid, signal);
}

async function songsIn(folder) {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => /\.(mp3|ogg|flac|wav|m4a)$/i.test(name))
    .toSorted()
    .map((name) => path.join(folder, name));
}
