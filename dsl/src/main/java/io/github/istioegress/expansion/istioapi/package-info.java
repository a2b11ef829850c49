/** Expands sentences into Istio's own APIs. */
@NullMarked
package io.github.istioegress.expansion.istioapi;

import org.jspecify.annotations.NullMarked;
