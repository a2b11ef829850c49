/** Finds names that lead to nothing. */
@NullMarked
package io.github.istioegress.analysis.reference;

import org.jspecify.annotations.NullMarked;
