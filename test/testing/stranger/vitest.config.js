export default {
  test: { include: ["*.case.js"], setupFiles: ["earshot/testing/setup"], testTimeout: 30_000 },
};
