/** What Istio makes of it: listeners, routes, clusters. */
@NullMarked
package io.github.istioegress.trace.envoy;

import org.jspecify.annotations.NullMarked;
