// SPDX-License-Identifier: Apache-2.0
// What a list of measurements says. Lists must not be empty and are not changed.

// The value below which `share` (0..1) of the list lies, linear between neighbours (Hyndman and Fan's
// type 7).
export function quantile(values, share) {
  if (values.length === 0) throw new Error('an empty list has no quantile');
  const sorted = [...values].sort((a, b) => a - b);
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}

export const median = (values) => quantile(values, 0.5);

export const minimum = (values) => values.reduce((a, b) => Math.min(a, b));

// Standard error of the median as a share of the median, from the quartiles: they do not care about the
// few samples during which the machine did something else. For a normal distribution the standard
// deviation is the interquartile range / 1.349, and the median's error 1.253 / sqrt(n) of it.
export function relativeError(values) {
  const spread = (quantile(values, 0.75) - quantile(values, 0.25)) / 1.349;
  return (1.253 * spread) / Math.sqrt(values.length) / Math.abs(median(values));
}

// {median, min, samples, error}, keys with the unit's name at their end.
export function summary(values, unit = 'ms') {
  return {
    [`median_${unit}`]: median(values),
    [`min_${unit}`]: minimum(values),
    samples: values.length,
    error: relativeError(values),
  };
}

// How many times `first` goes into `other`, with its relative error: both medians' errors together.
export function ratioOf(other, first) {
  return {
    value: median(other) / median(first),
    error: Math.hypot(relativeError(other), relativeError(first)),
  };
}
