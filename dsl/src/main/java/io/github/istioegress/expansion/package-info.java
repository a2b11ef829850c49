/** Turns intent into the full set of resources. */
@NullMarked
package io.github.istioegress.expansion;

import org.jspecify.annotations.NullMarked;
