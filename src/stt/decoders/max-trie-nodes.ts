/** Bounds the memory of a decoder's tries, about 60 bytes a node; beyond it a decoder forgets them and starts anew. */
export const MAX_TRIE_NODES = 600_000;
