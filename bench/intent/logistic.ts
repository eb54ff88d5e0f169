/** One observation with its outcome and weight. */
export type Observation = {
  readonly features: readonly number[];
  readonly isTrue: boolean;
  readonly weight: number;
};

const ROUNDS = 30;
/** Regularisation that keeps weights finite where the data do not determine them. */
const RIDGE = 1e-3;

/** The probability whose log-odds are linear in the features. */
export function probability(features: readonly number[], weights: readonly number[]): number {
  return 1 / (1 + Math.exp(-dot(features, weights)));
}

/** Logistic regression by Newton's method. */
export function fitLogistic(observations: readonly Observation[]): number[] {
  const size = observations[0]?.features.length ?? 0;
  const weights: number[] = Array.from({ length: size }, () => 0);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = weights.map((w) => -RIDGE * w);
    const hessian: number[][] = weights.map((_, i) =>
      weights.map((__, j) => (i === j ? RIDGE : 0)),
    );
    for (const { features, isTrue, weight } of observations) {
      const p = probability(features, weights);
      features.forEach((x, i) => {
        gradient[i] = (gradient[i] ?? 0) + weight * (Number(isTrue) - p) * x;
        const row = hessian[i] ?? [];
        features.forEach((y, j) => (row[j] = (row[j] ?? 0) + weight * p * (1 - p) * x * y));
      });
    }
    solve(hessian, gradient).forEach((step, i) => (weights[i] = (weights[i] ?? 0) + step));
  }
  return weights;
}

/** Gaussian elimination for a symmetric positive definite matrix. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  rows.forEach((pivot, i) => {
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = (row[i] ?? 0) / (pivot[i] ?? 1);
      pivot.forEach((value, j) => (row[j] = (row[j] ?? 0) - factor * value));
    }
  });
  return rows.map((row, i) => (row.at(-1) ?? 0) / (row[i] ?? 1));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}
