/** A small home in English. */
export const HOME = `
intents:
  TurnOn:
    data:
      - sentences:
          - "(turn|switch) on <name> [in [the] {area}]"
        requires_context: { domain: light }
  TurnOff:
    data:
      - sentences:
          - "(turn|switch) off <name> [in [the] {area}]"
        requires_context: { domain: light }
      - sentences: ["lights off"]
        requires_context: { area: { slot: true } }
  Dim:
    data:
      - sentences:
          - "set [the] brightness of <name> to {0..100:level}([ ]%| percent)"
  Play:
    data:
      - sentences:
          - "play {query} in [the] {area}"
  Add:
    data:
      - sentences:
          - "(add|put) {item} (to|on) my list"
expansion_rules:
  name: "[the|my] {name}"
lists:
  area: [bedroom, kitchen, living room]
  query: { wildcard: true }
  item: { wildcard: true }
  name:
    values:
      - { in: bedroom lamp, out: Bedroom Lamp, context: { domain: light } }
      - { in: lamp, out: Lamp, context: { domain: light } }
      - { in: 'ceiling light[s]', out: Ceiling, context: { domain: light } }
`;

/** A small home in French. */
export const FRENCH_HOME = `
intents:
  Allumer:
    data:
      - sentences:
          - "(allume|allumer) <le>{name}"
  Régler:
    data:
      - sentences:
          - "(mets|règle) <le>{name} à {0..100:level}([ ]%| pour cent)"
expansion_rules:
  le: (le |la |l')
lists:
  name:
    - lampe de l'entrée
    - lampe torche
    - radiateur
`;
