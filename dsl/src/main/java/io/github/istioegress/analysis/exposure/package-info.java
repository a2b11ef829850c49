/** Finds ways around the gateway and open doors. */
@NullMarked
package io.github.istioegress.analysis.exposure;

import org.jspecify.annotations.NullMarked;
