/** Finds routes that lead elsewhere than they say. */
@NullMarked
package io.github.istioegress.analysis.routing;

import org.jspecify.annotations.NullMarked;
