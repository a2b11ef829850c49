/** Generates a fleet of any size, to measure how long that takes. */
@org.jspecify.annotations.NullMarked
package io.github.istioegress.examples.bench;
