/** Random sets and calls that Istio's own code judges beside the tracer. */
@NullMarked
package io.github.istioegress.differential;

import org.jspecify.annotations.NullMarked;
