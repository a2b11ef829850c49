/** Runs a definition through every stage. */
@NullMarked
package io.github.istioegress.generator;

import org.jspecify.annotations.NullMarked;
